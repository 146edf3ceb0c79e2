import type { RecentAction } from "../../player/parse-prompt.ts";
import { provenBy } from "./achievements.ts";
import { directionOfAction, neighbour, visibleCells } from "./geometry.ts";
import { freshKnowledge, type Knowledge } from "./knowledge.ts";
import type { Sight } from "./parse-observation.ts";
import { kindId, kindNamed } from "./terrain.ts";

/** Whether a move changed the place, going by the effect's wording; null when it does not say. */
export function movedBy(outcome: string): boolean | null {
  if (outcome.includes("moved one step")) return true;
  return outcome.includes("did not move") || outcome.includes("still asleep") ? false : null;
}

/**
 * What the list of latest actions tells somebody without notes: the way just walked, where that way was blocked, and which way they look. Places count from
 * where the list begins.
 */
export function retrace(recent: readonly RecentAction[], sight: Sight, step: number): Knowledge {
  let known = freshKnowledge(false);
  const grid = known.grid;
  for (const { action, outcome } of recent) {
    glimpse(grid, known.at);
    const direction = directionOfAction(action);
    if (direction === null || outcome.includes("asleep")) continue;
    const ahead = neighbour(known.at, direction);
    known = { ...known, facing: direction };
    if (ahead === null) continue;
    if (movedBy(outcome) !== false) {
      known = { ...known, at: ahead };
      grid[ahead] = kindId.open;
    } else {
      const named = /: (\w+) is /.exec(outcome)?.[1];
      grid[ahead] = kindNamed(named ?? "") ?? kindId.solid;
    }
  }
  const done = new Map([...provenBy(sight.items), ...presumedBy(step)].map((name) => [name, 0]));
  return { ...known, done, items: sight.items, vitals: sight.vitals, asleep: sight.sleeping };
}

/** By which step easy things have been done, as a rule. */
const usual: readonly (readonly [step: number, achievement: string])[] = [
  [60, "collect_drink"],
  [60, "eat_cow"],
  [100, "collect_sapling"],
  [100, "place_plant"],
  [200, "place_stone"],
  [300, "defeat_zombie"],
  [300, "wake_up"],
  [400, "defeat_skeleton"],
  [400, "place_furnace"],
];

/** Without notes nobody knows what was done already; going by the clock saves doing it for ever. */
function presumedBy(step: number): string[] {
  return usual.filter(([after]) => step > after).map(([, achievement]) => achievement);
}

/** The surroundings were in view, so there is nothing new to be found there; what they hold is forgotten. */
function glimpse(grid: Uint8Array, at: number): void {
  for (const cell of visibleCells(at)) if (grid[cell] === kindId.unseen) grid[cell] = kindId.doubtful;
}
