import { type Cell, cellCount, directions, neighbour } from "./geometry.ts";
import { isDoor } from "./terrain.ts";

/** Cheapest ways from one cell to all others. */
export interface Routes {
  /** Infinite when there is no way. */
  cost(cell: Cell): number;
  /** Cells of the way, without the first one and with the last; empty when there is no way or none is needed. */
  way(to: Cell): Cell[];
}

/**
 * @param costs of entering each cell; 0 means never
 * @param kinds terrain: doors are not entered or left diagonally
 * @param blocked steps that are known to fail: the cell, and from where
 */
export function routesFrom(
  start: Cell,
  costs: Uint16Array,
  kinds: Uint8Array,
  blocked: ReadonlyMap<Cell, ReadonlySet<Cell>> = new Map(),
): Routes {
  const reached = new Float64Array(cellCount).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(cellCount).fill(-1);
  reached[start] = 0;
  // Costs are small whole numbers: cells wait in a bucket for each total.
  const buckets: Cell[][] = [[start]];
  for (let total = 0; total < buckets.length; total++) {
    for (const cell of buckets[total] ?? []) {
      if (reached[cell] !== total) continue;
      for (const way of directions) {
        const next = neighbour(cell, way);
        const step = next === null ? 0 : (costs[next] ?? 0);
        if (next === null || step === 0) continue;
        if (way.diagonal && (isDoor(kinds[cell] ?? 0) || isDoor(kinds[next] ?? 0))) continue;
        if (blocked.get(next)?.has(cell) === true) continue;
        const sum = total + step;
        if (sum >= (reached[next] ?? 0)) continue;
        reached[next] = sum;
        previous[next] = cell;
        buckets[sum] ??= [];
        buckets[sum]?.push(next);
      }
    }
  }
  return {
    cost: (cell) => reached[cell] ?? Number.POSITIVE_INFINITY,
    way(to) {
      const cells: Cell[] = [];
      for (let cell = to; cell !== start && (previous[cell] ?? -1) >= 0; cell = previous[cell] ?? start)
        cells.push(cell);
      return cells.reverse();
    },
  };
}
