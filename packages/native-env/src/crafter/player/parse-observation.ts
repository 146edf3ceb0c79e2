import { type KindId, kindNamed } from "./terrain.ts";

/** One line of the list: the nearest cell of a kind. The split of a diagonal distance over the two axes is not told. */
export interface Sighting {
  readonly kind: KindId;
  readonly distance: number;
  /** Sign of the offset: -1 west or north, 0 none, 1 east or south. */
  readonly dx: -1 | 0 | 1;
  readonly dy: -1 | 0 | 1;
}

/** Everything the benchmark's texts say about a moment. */
export interface Sight {
  readonly sightings: readonly Sighting[];
  /** What is in front; null when the text names nothing there. */
  readonly front: KindId | null;
  /** The text describes nothing at all, as it does near the west and north edges. */
  readonly blind: boolean;
  readonly sleeping: boolean;
  readonly dead: boolean;
  readonly vitals: Vitals;
  readonly items: Inventory;
}

export interface Vitals {
  readonly health: number;
  readonly food: number;
  readonly drink: number;
  readonly energy: number;
}

/** Counts by item name; absent means none. */
export type Inventory = Readonly<Record<string, number>>;

const seen = /^- (\w+) (\d+) steps? to your (north|south)?-?(west|east)?$/gm;
const front = /^You face (\w+) at your front\.$/m;
const vital = /^- (health|food|drink|energy): (\d+)\/9$/gm;
const item = /^- ([a-z_]+): (\d+)$/gm;

/** Whether a text holds an observation. */
export function holdsSight(text: string): boolean {
  return front.test(text) || text.includes("You see nothing away from you.");
}

/** Reads an observation out of a text that may hold other things around it. */
export function parseSight(text: string): Sight {
  const sightings: Sighting[] = [];
  for (const [, name = "", steps = "", vertical, horizontal] of text.matchAll(seen)) {
    const kind = kindNamed(name);
    if (kind === null) continue;
    const dy = vertical === undefined ? 0 : vertical === "north" ? -1 : 1;
    const dx = horizontal === undefined ? 0 : horizontal === "west" ? -1 : 1;
    sightings.push({ kind, distance: Number(steps), dx, dy });
  }
  const vitals = { health: 9, food: 9, drink: 9, energy: 9 };
  for (const [, name, value] of text.matchAll(vital)) vitals[name as keyof Vitals] = Number(value);
  const items: Record<string, number> = {};
  for (const [, name = "", count] of text.matchAll(item)) items[name] = Number(count);
  return {
    sightings,
    front: kindNamed(front.exec(text)?.[1] ?? ""),
    blind: sightings.length === 0,
    sleeping: text.includes("You are sleeping"),
    dead: text.includes("You died."),
    vitals,
    items,
  };
}
