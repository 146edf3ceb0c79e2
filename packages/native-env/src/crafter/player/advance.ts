import { achievementsOf, strikesAfter } from "./achievements.ts";
import { type Cell, type Direction, directionOfAction, distance, neighbour } from "./geometry.ts";
import { type Inference, infer } from "./infer.ts";
import type { Knowledge, Sapling } from "./knowledge.ts";
import type { Sight } from "./parse-observation.ts";
import { creatures, fixed, has, type KindId, type KindSet, kindId, walkable } from "./terrain.ts";

/** An action that was carried out, and what is known of its effect. */
export interface Deed {
  readonly action: string;
  /** Whether a move changed the place; null when nobody said. */
  readonly moved: boolean | null;
}

/** Objects farther from the player than this stand still; plants do not grow there. */
const activeRange = 17;
/** A plant turns ripe after 300 steps (spec crafter §6.5); the player may miscount a little. */
const surelyRipe = 305;
const notRipe = 290;

/** Works the observation of `step` into what was known; `deed` is the action in between (null for the first observation). */
export function advance(before: Knowledge, deed: Deed | null, sight: Sight, step: number): Knowledge {
  const { at, facing } = deed === null ? before : walked(before, deed, sight);
  const grid = before.grid.slice();
  const inference = infer(grid, at, facing, sight);
  paint(grid, at, inference);
  const after = { ...before, step, at, facing, grid, front: sight.front };
  const strikes = deed === null ? 0 : strikesAfter(before, deed.action, sight);
  const done = new Map(before.done);
  for (const name of achievementsOf(before, deed?.action ?? null, strikes, sight))
    if (!done.has(name)) done.set(name, step);
  return {
    ...after,
    strikes,
    done,
    vitals: sight.vitals,
    items: sight.items,
    asleep: sight.sleeping,
    saplings: grow(before, after, deed?.action ?? null, sight),
    cow: cowSeen(before.cow, at, inference),
    shunned: new Map([...before.shunned].filter(([, until]) => until > step)),
  };
}

/** Where a deed has led to. Nothing turns or walks in its sleep. */
function walked(before: Knowledge, deed: Deed, sight: Sight): { at: Cell; facing: Direction | null } {
  const direction = directionOfAction(deed.action);
  if (direction === null || (before.asleep && sight.sleeping)) return before;
  const ahead = neighbour(before.at, direction);
  const moved = ahead !== null && (deed.moved ?? guessMoved(before, ahead, direction, sight));
  return walk(before, direction, moved);
}

/** A move that did or did not get through; it turns the player in any case. */
export function walk(from: Pick<Knowledge, "at">, facing: Direction, moved: boolean): { at: Cell; facing: Direction } {
  return { at: (moved ? neighbour(from.at, facing) : null) ?? from.at, facing };
}

/** Which of the two places the new observation fits better; if both fit, open ground lets pass. */
function guessMoved(before: Knowledge, ahead: Cell, direction: Direction, sight: Sight): boolean {
  const stayed = infer(before.grid, before.at, direction, sight).conflicts;
  const went = infer(before.grid, ahead, direction, sight).conflicts;
  if (stayed !== went) return went < stayed;
  const kind = before.grid[ahead] ?? kindId.unseen;
  return has(walkable, kind) || kind === kindId.open || kind === kindId.harmless;
}

/** Writes down what an observation settled. Of each kind of creature only the nearest is told; that there are more is left out of account. */
export function paint(grid: Uint8Array, at: Cell, { candidates, places }: Inference): void {
  const haunts = new Set(places.flatMap(({ kind, cells }) => (has(creatures, kind) ? cells : [])));
  for (const [cell, set] of candidates) {
    const known = grid[cell] ?? kindId.unseen;
    grid[cell] =
      has(fixed, known) && has(set, known) ? known : settle(known, haunts.has(cell) ? set : set & ~creatures);
  }
  const here = grid[at] ?? kindId.unseen;
  if (!has(walkable, here)) grid[at] = kindId.open;
}

/** What to write for a cell that may hold any of a set. */
function settle(known: KindId, set: KindSet): KindId {
  const ground = set & fixed;
  const occupied = (set & creatures) !== 0;
  // What a creature stands on is open ground, whatever else is known of it.
  if (ground === 0 || (occupied && (ground & ~walkable) === 0)) return has(walkable, known) ? known : kindId.open;
  if (!occupied && (ground & (ground - 1)) === 0) return 31 - Math.clz32(ground);
  if ((ground & ~walkable) === 0) return kindId.open;
  if (has(set, kindId.lava)) return kindId.doubtful;
  return !occupied && (ground & walkable) === 0 ? kindId.solid : kindId.harmless;
}

/** The place of the nearest cow; forgotten when the player is there and sees none. */
function cowSeen(before: Cell | null, at: Cell, { places }: Inference): Cell | null {
  const seen = places.find(({ kind }) => kind === kindId.cow)?.cells[0];
  if (seen !== undefined) return seen;
  return before !== null && distance(before, at) <= 2 ? null : before;
}

/** Plants put down, grown by a step, or gone. */
function grow(before: Knowledge, after: Knowledge, action: string | null, sight: Sight): readonly Sapling[] {
  const kept = before.saplings
    .filter(({ cell }) => after.grid[cell] === kindId.plant)
    .map(({ cell, grown }) => ({ cell, grown: distance(cell, after.at) <= activeRange ? grown + 1 : grown }));
  const ahead = after.facing === null ? null : neighbour(after.at, after.facing);
  if (ahead === null || after.front !== kindId.plant) return kept;
  const old = kept.find(({ cell }) => cell === ahead);
  if (old === undefined) return [...kept, { cell: ahead, grown: 0 }];
  if (action !== "Do" || before.front !== kindId.plant) return kept;
  const eaten = sight.vitals.food > before.vitals.food || (before.vitals.food === 9 && old.grown > surelyRipe);
  // Working on a plant that is not ripe does nothing: then the count ran ahead.
  const grown = eaten ? 0 : Math.min(old.grown, notRipe);
  return kept.map((plant) => (plant.cell === ahead ? { cell: ahead, grown } : plant));
}
