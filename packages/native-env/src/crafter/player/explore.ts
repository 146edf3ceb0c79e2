import { type Cell, cellAt, cellCount, inside, sightX, sightY, worldSize, xOf, yOf } from "./geometry.ts";
import type { Decision, Scene } from "./scene.ts";
import { has, type KindSet, kindId } from "./terrain.ts";

/** Cells around a kind that promise more of what is sought, and how much more. */
export interface Hint {
  readonly kinds: KindSet;
  readonly weight: number;
}

const margin = 12;

/**
 * Goes where much that was never seen comes into view for little walking. `hint` makes unseen cells near certain kinds count more: ore is found where
 * stone is.
 */
export function explore(scene: Scene, goal: string, hint: Hint | null): Decision | null {
  const gain = gainTable(scene.known.grid, hint);
  const before = scene.known.goal?.name === goal ? scene.known.goal.cell : null;
  let best: Cell | null = null;
  let bestScore = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    const cost = scene.routes.standing(cell);
    if (cost === Number.POSITIVE_INFINITY || cell === scene.at || scene.shuns(cell)) continue;
    if (scene.danger >= 2 && scene.inMeadow(cell)) continue;
    const promise = windowSum(gain, cell);
    if (promise <= 0) continue;
    const score = (promise / (cost / 10 + margin)) * (cell === before ? 1.3 : 1);
    if (score > bestScore) {
      bestScore = score;
      best = cell;
    }
  }
  if (best === null) return null;
  const action = scene.walkTo(best);
  return action === null ? null : { action, goal, cell: best };
}

/** Summed-area table of what unseen cells are worth. */
function gainTable(grid: Uint8Array, hint: Hint | null): Float64Array {
  const promising = hint === null ? null : near(grid, hint.kinds);
  const side = worldSize + 1;
  const table = new Float64Array(side * side);
  for (let row = 0; row < worldSize; row++) {
    for (let column = 0; column < worldSize; column++) {
      const cell = row * worldSize + column;
      const worth = grid[cell] === kindId.unseen ? 1 + (promising?.[cell] === 1 ? (hint?.weight ?? 0) : 0) : 0;
      const at = (row + 1) * side + column + 1;
      table[at] = worth + (table[at - 1] as number) + (table[at - side] as number) - (table[at - side - 1] as number);
    }
  }
  return table;
}

const reach = 4;

/** Cells within a few steps of a kind. */
function near(grid: Uint8Array, set: KindSet): Uint8Array {
  const marked = new Uint8Array(cellCount);
  for (let cell = 0; cell < cellCount; cell++) {
    if (!has(set, grid[cell] as number)) continue;
    for (let y = Math.max(-32, yOf(cell) - reach); y <= Math.min(31, yOf(cell) + reach); y++) {
      for (let x = Math.max(-32, xOf(cell) - reach); x <= Math.min(31, xOf(cell) + reach); x++) {
        if (inside(x, y)) marked[cellAt(x, y)] = 1;
      }
    }
  }
  return marked;
}

function windowSum(table: Float64Array, cell: Cell): number {
  const side = worldSize + 1;
  const column = cell % worldSize;
  const row = (cell - column) / worldSize;
  // Near the west and north edges the text shows nothing at all.
  if (column < sightX || row < sightY) return 0;
  const left = column - sightX;
  const right = Math.min(worldSize, column + sightX + 1);
  const top = row - sightY;
  const bottom = Math.min(worldSize, row + sightY + 1);
  const corner = (y: number, x: number) => table[y * side + x] as number;
  return corner(bottom, right) - corner(top, right) - corner(bottom, left) + corner(top, left);
}
