import type { Creature } from "./creatures.ts";
import { type Cell, cellCount } from "./geometry.ts";
import type { Layout, LevelFacts } from "./knowledge.ts";
import { terrain } from "./terrain.ts";

/** What a step onto each kind of terrain costs; a plain step is 10, 0 means never. */
const costs: Readonly<Record<number, number>> = {
  [terrain.floor]: 10,
  [terrain.corridor]: 10,
  [terrain.openDoor]: 10,
  [terrain.closedDoor]: 40,
  [terrain.down]: 10,
  [terrain.up]: 10,
  [terrain.trap]: 150,
  [terrain.boulder]: 60,
  [terrain.thing]: 11,
  [terrain.creature]: 15,
};

/** Kicks after which a door is held for one that will not give. */
export const patienceWithDoors = 40;
const lockedCost = 250;
/** Ground to be expected where nothing was seen yet, and where a wall is seen. */
const expectedCost = 13;
const hiddenCost = 120;

/** Costs by the map alone. */
export function openCosts(kinds: Uint8Array): Uint16Array {
  const table = new Uint16Array(cellCount);
  for (let cell = 0; cell < cellCount; cell++) table[cell] = costs[kinds[cell] ?? terrain.blank] ?? 0;
  return table;
}

/** Costs with all that is known of the level and of those who stand about. */
export function entryCosts(
  kinds: Uint8Array,
  level: LevelFacts,
  creatures: readonly Creature[],
  inShop: ReadonlySet<Cell>,
  expected: Layout | null,
): Uint16Array {
  const table = openCosts(kinds);
  for (const cell of expected?.ground ?? []) {
    if (kinds[cell] === terrain.blank) table[cell] = expectedCost;
    if (kinds[cell] === terrain.wall) table[cell] = hiddenCost;
  }
  for (const [door, kicks] of level.locked) {
    if (kinds[door] === terrain.closedDoor) table[door] = kicks < patienceWithDoors ? lockedCost : 0;
  }
  for (const cell of inShop) table[cell] = 0;
  for (const { cell, manner, distance } of creatures) {
    if (manner === "untouchable") table[cell] = 0;
    if (manner === "peaceful") table[cell] = distance <= 2 ? 0 : 100;
    if (manner === "hostile") table[cell] = 30;
  }
  return table;
}
