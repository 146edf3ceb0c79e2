import type { Cell } from "./geometry.ts";

/** What is left of a level besides what its map shows. */
export interface LevelFacts {
  /** Cells stood on: around them nothing is left to be seen. */
  readonly walked: ReadonlySet<Cell>;
  /** Stairs and ladders seen: the screen hides those the hero or an object is on. */
  readonly down: ReadonlySet<Cell>;
  readonly up: ReadonlySet<Cell>;
  /** Doors that have a leaf. */
  readonly doors: ReadonlySet<Cell>;
  /** Trap doors and holes. */
  readonly holes: ReadonlySet<Cell>;
  /** Turns of search by cell. */
  readonly searched: ReadonlyMap<Cell, number>;
  /** Doors found locked, and the kicks they were given. */
  readonly locked: ReadonlyMap<Cell, number>;
  /** Steps that did not come off: the cell, and from where. */
  readonly blocked: ReadonlyMap<Cell, ReadonlySet<Cell>>;
  /** Targets that were dropped before they were reached, and how often. */
  readonly dropped: ReadonlyMap<Cell, number>;
  /** Targets given up, until a turn. */
  readonly shunned: ReadonlyMap<Cell, number>;
  /** Creatures that mean no harm. */
  readonly peaceful: ReadonlySet<string>;
  /** Where the shopkeeper's greeting was heard: just inside the shop. */
  readonly shop: Cell | null;
  /** The part of the dungeon, as the game names it; empty while it is not known. */
  readonly branch: string;
  /** Turn of arrival. */
  readonly since: number;
  /** The staircase of arrival; null for who fell down. */
  readonly arrival: Cell | null;
}

/** What one level taught about the next. */
export interface Layout {
  readonly down: ReadonlySet<Cell>;
  readonly holes: ReadonlySet<Cell>;
  /** Cells that were walked on. */
  readonly ground: ReadonlySet<Cell>;
}

/** What is about to be done: the action, the answers the game will ask for after it, and what for. */
export interface Plan {
  readonly action: string;
  readonly answers: readonly string[];
  readonly goal: string;
  readonly cell: Cell | null;
  /** Step since which this target has been pursued. */
  readonly since: number;
}

/** Everything the player remembers: exactly what its notes hold (notes.ts). */
export interface Knowledge {
  /** The step whose observation was last worked in; null before the first. */
  readonly step: number | null;
  readonly turn: number;
  readonly depth: number;
  readonly at: Cell | null;
  readonly level: LevelFacts;
  readonly plan: Plan | null;
  /** Turn of the last prayer. */
  readonly prayed: number | null;
  /** The last prayer was not heard: the god is angry. */
  readonly unheard: boolean;
  /** Actions in a row that took no time. */
  readonly idle: number;
  /** Levels left, in a line each, by depth. */
  readonly left: ReadonlyMap<number, string>;
  /** By the staircase of arrival. */
  readonly layouts: ReadonlyMap<Cell, Layout>;
  /** Who the hero is, as the game said at the start. */
  readonly self: string;
}

export function freshLevel(turn: number): LevelFacts {
  return {
    walked: new Set(),
    down: new Set(),
    up: new Set(),
    doors: new Set(),
    holes: new Set(),
    searched: new Map(),
    locked: new Map(),
    blocked: new Map(),
    dropped: new Map(),
    shunned: new Map(),
    peaceful: new Set(),
    shop: null,
    branch: "",
    since: turn,
    arrival: null,
  };
}

/** What is known at the very beginning, or with no memory at all. */
export function freshKnowledge(depth: number, turn: number): Knowledge {
  return {
    step: null,
    turn,
    depth,
    at: null,
    level: freshLevel(turn),
    plan: null,
    prayed: null,
    unheard: false,
    idle: 0,
    left: new Map(),
    layouts: new Map(),
    self: "",
  };
}
