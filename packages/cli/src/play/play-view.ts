import type { Painter } from "../render/colours.ts";
import { sceneLines, type ViewSize } from "../render/compose-view.ts";
import { padEnd } from "../render/layout.ts";
import { percent, plural } from "../render/numbers.ts";
import { clip, printable, printableLine } from "../render/printable.ts";
import type { PlayState } from "./play-state.ts";

/** Keys that are ours in every game. */
export const readKey = "tab";
export const helpKey = "?";
export const quitKey = "ctrl-c";
export const ownKeys = [readKey, helpKey, quitKey] as const;

/** The game as lines narrower than the terminal. */
export function playLines(state: PlayState, size: ViewSize, painter: Painter): string[] {
  const width = size.columns - 1;
  const head = [painter.bold(clip(title(state), width))];
  const foot = [clip(lastLine(state), width), painter.dim(clip(hintLine(state), width))];
  return [...head, ...sceneLines(state, state.family.view, size, head.length + foot.length, painter), ...foot];
}

function title({ family, task, seed, step, observation, progress }: PlayState): string {
  const where = `${family.title} ${task.id}, seed ${seed}`;
  return printableLine(`${where}   step ${step}, turn ${observation.turn}   ${percent(progress.progression)}`);
}

function lastLine({ last, over, progress }: PlayState): string {
  if (over) return printableLine(`The game is over: ${progress.endReason ?? "no steps are left"}`);
  return last === null ? "" : printableLine(`${last.action}: ${last.effect.summary}`);
}

function hintLine({ over }: PlayState): string {
  if (over) return "any key leaves";
  return `Tab what an agent reads   ${helpKey} keys   Ctrl-C leave`;
}

/** What an agent would be told at this point: both texts, and what its last action did. */
export function agentText({ observation, last }: PlayState): string {
  const { longTerm, shortTerm } = observation;
  const told = last === null ? "" : `Last action: ${last.action}. What it did: ${last.effect.summary}.`;
  return printable([told, longTerm.trimEnd(), shortTerm.trimEnd()].filter((text) => text !== "").join("\n\n"));
}

/** Every key with its action and what that does, in the order of the task's list. Keys that only send themselves share one line. */
export function keysText({ family, task }: PlayState): string {
  const keysOf = new Map<string, string[]>();
  for (const [key, action] of Object.entries(family.keys ?? {})) {
    keysOf.set(action, [...(keysOf.get(action) ?? []), key]);
  }
  const rows = task.actions.flatMap(({ name, description }) => {
    const keys = keysOf.get(name)?.join(" ");
    return keys === undefined ? [] : [{ keys, name, description, plain: keys === name && name.length === 1 }];
  });
  const named = rows.filter(({ plain }) => !plain);
  const keyWidth = Math.max(...named.map(({ keys }) => keys.length));
  const nameWidth = Math.max(...named.map(({ name }) => name.length));
  const lines = named.map(
    ({ keys, name, description }) => `${padEnd(keys, keyWidth)}  ${padEnd(name, nameWidth)}  ${description}`,
  );
  const plain = Map.groupBy(
    rows.filter((row) => row.plain),
    ({ description }) => description,
  );
  const others = [...plain].map(([description, keys]) => `${keys.map(({ name }) => name).join(" ")}  ${description}`);
  return printable([...lines, ...others].join("\n"));
}

/** What came of it, when the game is left. */
export function summaryLine({ step, progress, milestones }: PlayState): string {
  const reached = milestones.length === 0 ? "" : `: ${milestones.toReversed().join(", ")}`;
  const ended = progress.endReason === null ? "left" : `over (${progress.endReason})`;
  return printableLine(
    `${ended} after ${plural(step, "step")}, ${percent(progress.progression, 2)}, ${plural(milestones.length, "milestone")}${reached}`,
  );
}
