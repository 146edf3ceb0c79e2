import { allDirections, type Cell, cellCount, neighbour } from "./geometry.ts";

/** An entry cost, in tenths of an action, of a cell that cannot be entered. */
export const blocked = 1000;

/** Shortest ways from one cell to all others. */
export interface Routes {
  readonly from: Cell;
  /** Cost to stand on a cell; for one that cannot be entered, the cost to stand before it. Infinite when out of reach. */
  cost(cell: Cell): number;
  /** Cost to stand on a cell; infinite for cells that cannot be entered. */
  standing(cell: Cell): number;
  /** The first cell of the way; `from` itself when the way is empty. */
  firstStep(cell: Cell): Cell;
}

const neighbours: readonly (readonly Cell[])[] = Array.from({ length: cellCount }, (_, cell) =>
  allDirections.flatMap((direction) => neighbour(cell, direction) ?? []),
);

/** Dijkstra with buckets. `entry` has the cost of entering each cell, in tenths of an action; ways that cost more than `reach` are not looked for. */
export function routesFrom(from: Cell, entry: Int16Array, reach = 1200): Routes {
  const best = new Int32Array(cellCount).fill(-1);
  const parent = new Int32Array(cellCount).fill(-1);
  const wall = new Uint8Array(cellCount);
  const buckets = new Array<Cell[]>(reach + 1).fill(emptyBucket);
  best[from] = 0;
  buckets[0] = [from];
  for (let cost = 0; cost <= reach; cost++) {
    for (const cell of buckets[cost] as Cell[]) {
      if (best[cell] !== cost || wall[cell] === 1) continue;
      for (const next of neighbours[cell] as readonly Cell[]) {
        const price = entry[next] as number;
        const total = price >= blocked ? cost : cost + price;
        const known = best[next] as number;
        if (total > reach || (known >= 0 && known <= total)) continue;
        best[next] = total;
        parent[next] = cell;
        if (price >= blocked) wall[next] = 1;
        else if (buckets[total] === emptyBucket) buckets[total] = [next];
        else (buckets[total] as Cell[]).push(next);
      }
    }
  }
  return new Ways(from, best, parent, wall);
}

const emptyBucket: Cell[] = [];

class Ways implements Routes {
  readonly from: Cell;
  private readonly best: Int32Array;
  private readonly parent: Int32Array;
  private readonly wall: Uint8Array;

  constructor(from: Cell, best: Int32Array, parent: Int32Array, wall: Uint8Array) {
    this.from = from;
    this.best = best;
    this.parent = parent;
    this.wall = wall;
  }

  cost(cell: Cell): number {
    const cost = this.best[cell] as number;
    return cost < 0 ? Number.POSITIVE_INFINITY : cost;
  }

  standing(cell: Cell): number {
    return this.wall[cell] === 1 ? Number.POSITIVE_INFINITY : this.cost(cell);
  }

  firstStep(cell: Cell): Cell {
    let step = cell;
    for (let previous = this.parent[step] as number; previous >= 0 && previous !== this.from; ) {
      step = previous;
      previous = this.parent[step] as number;
    }
    return step;
  }
}
