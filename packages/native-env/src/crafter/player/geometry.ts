/**
 * Places as the player reckons them: x east and y south of where the episode began. The world is 64×64 cells and the start is its middle
 * cell, so every coordinate lies in -32…31. A cell is one number, row by row from the north-west corner.
 */

export const worldSize = 64;
export const cellCount = worldSize * worldSize;
const half = worldSize / 2;

export type Cell = number;

export type Direction = 0 | 1 | 2 | 3;

export interface DirectionInfo {
  readonly name: string;
  readonly action: string;
  readonly dx: number;
  readonly dy: number;
  readonly opposite: Direction;
}

/** Clockwise from the west, so that opposites are two apart. */
export const directions: readonly [DirectionInfo, DirectionInfo, DirectionInfo, DirectionInfo] = [
  { name: "west", action: "Move West", dx: -1, dy: 0, opposite: 2 },
  { name: "north", action: "Move North", dx: 0, dy: -1, opposite: 3 },
  { name: "east", action: "Move East", dx: 1, dy: 0, opposite: 0 },
  { name: "south", action: "Move South", dx: 0, dy: 1, opposite: 1 },
];
export const allDirections: readonly Direction[] = [0, 1, 2, 3];

export function directionNamed(name: string): Direction | null {
  const index = directions.findIndex((direction) => direction.name === name.toLowerCase());
  return index < 0 ? null : (index as Direction);
}

/** The direction of a move action; null for every other action. */
export function directionOfAction(action: string): Direction | null {
  const index = directions.findIndex((direction) => direction.action === action);
  return index < 0 ? null : (index as Direction);
}

export function inside(x: number, y: number): boolean {
  return x >= -half && x < half && y >= -half && y < half;
}

export function cellAt(x: number, y: number): Cell {
  return (y + half) * worldSize + (x + half);
}

export function xOf(cell: Cell): number {
  return (cell % worldSize) - half;
}

export function yOf(cell: Cell): number {
  return Math.floor(cell / worldSize) - half;
}

/** The neighbour in a direction; null at the edge of the world. */
export function neighbour(cell: Cell, direction: Direction): Cell | null {
  const { dx, dy } = directions[direction];
  const x = xOf(cell) + dx;
  const y = yOf(cell) + dy;
  return inside(x, y) ? cellAt(x, y) : null;
}

/** Steps along the axes. */
export function distance(a: Cell, b: Cell): number {
  return Math.abs(xOf(a) - xOf(b)) + Math.abs(yOf(a) - yOf(b));
}

/** Within the 3×3 square around a cell: what the game calls nearby. */
export function isNearby(a: Cell, b: Cell): boolean {
  return Math.abs(xOf(a) - xOf(b)) <= 1 && Math.abs(yOf(a) - yOf(b)) <= 1;
}

/** The direction of a neighbouring cell; null when the cells do not touch. */
export function directionTo(from: Cell, to: Cell): Direction | null {
  if (distance(from, to) !== 1) return null;
  return allDirections.find((direction) => neighbour(from, direction) === to) ?? null;
}

/** Cells shown to each side: the text describes nine columns and seven rows. */
export const sightX = 4;
export const sightY = 3;

/**
 * Cells the text speaks of when the player stands on `at`, in its scanning order (west to east, then north to south). Empty within four columns of the
 * west edge or three rows of the north edge, where the benchmark's text shows nothing.
 */
export function visibleCells(at: Cell): Cell[] {
  const x = xOf(at);
  const y = yOf(at);
  if (!inside(x - sightX, y - sightY)) return [];
  const cells: Cell[] = [];
  for (let dx = -sightX; dx <= sightX; dx++) {
    for (let dy = -sightY; dy <= sightY; dy++) {
      if ((dx !== 0 || dy !== 0) && inside(x + dx, y + dy)) cells.push(cellAt(x + dx, y + dy));
    }
  }
  return cells;
}
