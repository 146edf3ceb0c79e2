import { cells } from "../level.ts";
import type { Position, Room } from "./board.ts";

/** A level as the generator and the solver see it. */
export interface DrawnLevel {
  readonly room: Room;
  readonly goals: readonly number[];
  readonly start: Position;
}

/** Reads the rows of a level (level.ts). */
export function fromRows(rows: readonly string[]): DrawnLevel {
  const text = rows.join("");
  const all = (symbol: string) =>
    Array.from({ length: cells }, (_, cell) => cell).filter((cell) => text[cell] === symbol);
  const [player = 0] = all("@");
  return {
    room: Uint8Array.from(text, (symbol) => (symbol === "#" ? 0 : 1)),
    goals: all("."),
    start: { boxes: all("$"), player },
  };
}
