import { SetupError } from "@metamem/core";

/** The two collections the benchmark plays. */
export const difficulties = ["hard", "medium"] as const;
export type Difficulty = (typeof difficulties)[number];

/** One level to play. */
export interface Level {
  /** Where it comes from, e.g. `medium/train/335.txt#243`, or `own-medium#123` for one of ours. */
  readonly id: string;
  /** Ten rows of ten symbols: `#` wall, space floor, `$` box, `.` goal, `@` player (spec minihack §4.1). */
  readonly rows: readonly string[];
}

export const side = 10;
export const cells = side * side;
export const boxesPerLevel = 4;

/**
 * A level in 24 bytes: one bit per cell for walls (cell = 10·y + x, lowest bit first), the cells of boxes and of goals in row-major
 * order, the player's cell, and its number in its file (two bytes, the lower first).
 */
export const recordBytes = 24;
export const largestNumber = 0xffff;

const wallBytes = Math.ceil(cells / 8);
const boxesAt = wallBytes;
const goalsAt = boxesAt + boxesPerLevel;
const playerAt = goalsAt + boxesPerLevel;
const numberAt = playerAt + 1;

/** What a record holds besides its number; cells as above. */
export interface LevelCells {
  readonly walls: readonly number[];
  readonly boxes: readonly number[];
  readonly goals: readonly number[];
  readonly player: number;
}

/** Writes a record at `offset`. Boxes and goals must be four each, all cells different. */
export function packLevel(level: LevelCells, number: number, record: Uint8Array, offset = 0): void {
  record.fill(0, offset, offset + recordBytes);
  for (const cell of level.walls)
    record[offset + (cell >> 3)] = (record[offset + (cell >> 3)] ?? 0) | (1 << (cell & 7));
  record.set(level.boxes, offset + boxesAt);
  record.set(level.goals, offset + goalsAt);
  record[offset + playerAt] = level.player;
  record[offset + numberAt] = number & 0xff;
  record[offset + numberAt + 1] = number >> 8;
}

export function packedNumber(record: Uint8Array): number {
  return (record[numberAt] as number) | ((record[numberAt + 1] as number) << 8);
}

/** The rows of a record. Throws `SetupError` for bytes that are no level: a damaged file. */
export function packedRows(record: Uint8Array): string[] {
  const isWall = (cell: number) => (((record[cell >> 3] ?? 0) >> (cell & 7)) & 1) === 1;
  const symbols = Array.from({ length: cells }, (_, cell): string => (isWall(cell) ? "#" : " "));
  const place = (from: number, to: number, symbol: string) => {
    for (const cell of record.subarray(from, to)) {
      if (symbols[cell] !== " ")
        throw new SetupError("boxoban_damaged", "a stored Boxoban level is damaged: import again");
      symbols[cell] = symbol;
    }
  };
  place(boxesAt, goalsAt, "$");
  place(goalsAt, playerAt, ".");
  place(playerAt, numberAt, "@");
  return Array.from({ length: side }, (_, y) => symbols.slice(y * side, (y + 1) * side).join(""));
}
