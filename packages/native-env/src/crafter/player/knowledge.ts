import { type Cell, cellAt, cellCount, type Direction } from "./geometry.ts";
import type { Inventory, Vitals } from "./parse-observation.ts";
import { type KindId, kindId } from "./terrain.ts";

/** What the player means to do; kept from step to step so that it does not dither. */
export interface Goal {
  readonly name: string;
  readonly cell: Cell | null;
  /** Step at which it was taken up. */
  readonly since: number;
}

export interface Sapling {
  readonly cell: Cell;
  /** Steps it has had to grow; it only grows while the player is near. */
  readonly grown: number;
}

/** Everything the player remembers: exactly what its notes hold (notes.ts). */
export interface Knowledge {
  /** The step whose observation was last worked in; null before the first. */
  readonly step: number | null;
  /** False when the way from the start is not known: places then count from where its memory begins. */
  readonly located: boolean;
  readonly at: Cell;
  readonly facing: Direction | null;
  /** Kind of what was in front at `step`. */
  readonly front: KindId | null;
  /** Hits in a row on the creature in front. */
  readonly strikes: number;
  readonly vitals: Vitals;
  readonly asleep: boolean;
  readonly items: Inventory;
  /** Kind of every cell. */
  readonly grid: Uint8Array;
  /** Achievement -> step at which it was noticed. */
  readonly done: ReadonlyMap<string, number>;
  readonly goal: Goal | null;
  readonly saplings: readonly Sapling[];
  /** Where a cow was last seen. */
  readonly cow: Cell | null;
  /** Cells not to be aimed at, until a step. */
  readonly shunned: ReadonlyMap<Cell, number>;
}

export const freshVitals: Vitals = { health: 9, food: 9, drink: 9, energy: 9 };

/** What is known at the very beginning, or with no memory at all. */
export function freshKnowledge(located: boolean): Knowledge {
  return {
    step: null,
    located,
    at: cellAt(0, 0),
    facing: located ? 3 : null,
    front: null,
    strikes: 0,
    vitals: freshVitals,
    asleep: false,
    items: {},
    grid: new Uint8Array(cellCount).fill(kindId.unseen),
    done: new Map(),
    goal: null,
    saplings: [],
    cow: null,
    shunned: new Map(),
  };
}
