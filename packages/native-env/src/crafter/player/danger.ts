import { type Cell, cellCount, distance, worldSize } from "./geometry.ts";
import type { Inference } from "./infer.ts";
import { has, kindId, setOf } from "./terrain.ts";

/** Zombies appear in squares of this side that hold enough grass (spec crafter §8.4). */
const chunk = 12;
const grassForZombies = 50;
const chunksPerRow = Math.ceil(worldSize / chunk);

/** Zombies met in a square of meadow: none at noon, three at midnight, and some are still about in the morning. */
export function zombiesAt(timeOfDay: number): number {
  if (timeOfDay >= 25 && timeOfDay < 120) return 0;
  if (timeOfDay < 25 || timeOfDay < 150 || timeOfDay >= 290) return 1;
  return timeOfDay < 180 || timeOfDay >= 270 ? 2 : 3;
}

const unknown = setOf("unseen", "harmless", "doubtful", "open");

/** By square: 1 where zombies are to be expected at night, judged by the share of grass among the cells known. */
export function meadows(grid: Uint8Array): Uint8Array {
  const grass = new Uint16Array(chunksPerRow * chunksPerRow);
  const other = new Uint16Array(chunksPerRow * chunksPerRow);
  for (let cell = 0; cell < cellCount; cell++) {
    const kind = grid[cell] as number;
    if (has(unknown, kind)) continue;
    const square = chunkOf(cell);
    if (kind === kindId.grass) grass[square] = (grass[square] as number) + 1;
    else other[square] = (other[square] as number) + 1;
  }
  return Uint8Array.from(grass, (count, square) => {
    const known = count + (other[square] as number);
    return count * chunk * chunk >= grassForZombies * Math.max(known, 24) ? 1 : 0;
  });
}

export function chunkOf(cell: Cell): number {
  const column = cell % worldSize;
  return Math.floor((cell - column) / worldSize / chunk) * chunksPerRow + Math.floor(column / chunk);
}

/** Extra cost of cells near what bites or shoots, by cell. */
export function creatureCosts({ places }: Inference): ReadonlyMap<Cell, number> {
  const costs = new Map<Cell, number>();
  for (const { kind, cells } of places) {
    const price = kind === kindId.zombie ? 30 : kind === kindId.skeleton ? 4 : 0;
    const reach = kind === kindId.zombie ? 2 : 4;
    if (price === 0) continue;
    for (const centre of cells) {
      for (const cell of around(centre, reach)) costs.set(cell, Math.max(costs.get(cell) ?? 0, price));
    }
  }
  return costs;
}

function around(centre: Cell, reach: number): Cell[] {
  const cells: Cell[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const cell = centre + dy * worldSize + dx;
      if (cell >= 0 && cell < cellCount && distance(cell, centre) <= reach) cells.push(cell);
    }
  }
  return cells;
}
