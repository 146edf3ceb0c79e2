import type { Cell } from "./geometry.ts";
import type { Knowledge, Layout, LevelFacts } from "./knowledge.ts";
import { isGround, terrain } from "./terrain.ts";

/** Layouts kept in mind; the oldest goes first. */
const kept = 6;
/** Cells that were ground there and are wall here: a hidden door or two, or another level altogether. */
const tolerance = 3;

/**
 * Levels of this game resemble each other, often down to the last door (spec nethack §4.3), so what was found out about one is worth
 * remembering for the next. Adds the level that is being left, under the place where it was entered.
 */
export function remember(layouts: ReadonlyMap<Cell, Layout>, level: LevelFacts): ReadonlyMap<Cell, Layout> {
  if (level.arrival === null || (level.down.size === 0 && level.holes.size === 0)) return layouts;
  const { down, holes, walked } = level;
  const others = [...layouts].filter(([cell]) => cell !== level.arrival);
  const before = layouts.get(level.arrival);
  const ground = new Set([...(before?.ground ?? []), ...walked]);
  return new Map([...others, [level.arrival, { down, holes, ground }] as const].slice(-kept));
}

/**
 * The layout that this level seems to have; null when none fits. Levels entered at the same place are the same; of others only the way
 * down is taken over, as something to look for.
 */
export function expectedLayout(known: Knowledge, kinds: Uint8Array): Layout | null {
  const { arrival } = known.level;
  const same = arrival === null ? undefined : known.layouts.get(arrival);
  if (same !== undefined && fits(same, kinds)) return same;
  const alike = [...known.layouts].findLast(([cell, layout]) => cell !== arrival && fits(layout, kinds))?.[1];
  return alike === undefined ? null : { down: alike.down, holes: new Set(), ground: new Set() };
}

function fits({ ground, down }: Layout, kinds: Uint8Array): boolean {
  let contradictions = 0;
  for (const cell of ground) if (kinds[cell] === terrain.wall || kinds[cell] === terrain.liquid) contradictions++;
  return contradictions <= tolerance && [...down].every((cell) => mayBeStairs(kinds[cell] ?? terrain.blank));
}

function mayBeStairs(kind: number): boolean {
  return kind === terrain.blank || kind === terrain.down || kind === terrain.thing || kind === terrain.creature;
}

/** Ways down that are to be expected where nothing has been seen yet. */
export function expectedWaysDown({ down, holes }: Layout, kinds: Uint8Array): Cell[] {
  const unseen = [...down].filter((cell) => kinds[cell] === terrain.blank);
  return [...unseen, ...[...holes].filter((cell) => isGround(kinds[cell] ?? 0) || kinds[cell] === terrain.blank)];
}
