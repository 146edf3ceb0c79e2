/** A cell of the map, row by row: columns as the cursor counts them, rows from the one below the message. */
export type Cell = number;

export const width = 80;
export const height = 21;
export const cellCount = width * height;

export function cellAt(x: number, y: number): Cell {
  return y * width + x;
}

export function xOf(cell: Cell): number {
  return cell % width;
}

export function yOf(cell: Cell): number {
  return Math.floor(cell / width);
}

export function inside(x: number, y: number): boolean {
  return x >= 1 && x < width && y >= 0 && y < height;
}

export interface Direction {
  /** The action of a step that way; `far ` before it walks on. */
  readonly name: string;
  readonly dx: number;
  readonly dy: number;
  readonly diagonal: boolean;
}

function direction(name: string, dx: number, dy: number): Direction {
  return { name, dx, dy, diagonal: dx !== 0 && dy !== 0 };
}

/** Straight ones first: of equally short ways they are the plainer. */
export const directions: readonly Direction[] = [
  direction("north", 0, -1),
  direction("east", 1, 0),
  direction("south", 0, 1),
  direction("west", -1, 0),
  direction("northeast", 1, -1),
  direction("southeast", 1, 1),
  direction("southwest", -1, 1),
  direction("northwest", -1, -1),
];

/** The cell one step away; null beyond the edge. */
export function neighbour(cell: Cell, { dx, dy }: Direction): Cell | null {
  const [x, y] = [xOf(cell) + dx, yOf(cell) + dy];
  return inside(x, y) ? cellAt(x, y) : null;
}

/** Cells one step away, diagonals included. */
export function around(cell: Cell): Cell[] {
  return directions.flatMap((way) => neighbour(cell, way) ?? []);
}

/** Steps between two cells for somebody who walks diagonally too. */
export function distance(a: Cell, b: Cell): number {
  return Math.max(Math.abs(xOf(a) - xOf(b)), Math.abs(yOf(a) - yOf(b)));
}

/** The direction of a neighbouring cell; null for any other. */
export function directionTo(from: Cell, to: Cell): Direction | null {
  const [dx, dy] = [xOf(to) - xOf(from), yOf(to) - yOf(from)];
  return directions.find((way) => way.dx === dx && way.dy === dy) ?? null;
}

export function directionNamed(name: string): Direction | null {
  return directions.find((way) => way.name === name) ?? null;
}

/** The cells of a straight walk, both ends included; only the ends when they do not lie in line. */
export function lineBetween(from: Cell, to: Cell): Cell[] {
  const [dx, dy] = [xOf(to) - xOf(from), yOf(to) - yOf(from)];
  const length = Math.max(Math.abs(dx), Math.abs(dy));
  if (dx !== 0 && dy !== 0 && Math.abs(dx) !== Math.abs(dy)) return [from, to];
  return Array.from({ length: length + 1 }, (_, step) =>
    cellAt(xOf(from) + Math.sign(dx) * step, yOf(from) + Math.sign(dy) * step),
  );
}
