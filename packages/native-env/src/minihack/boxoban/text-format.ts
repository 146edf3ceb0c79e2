import { UsageError } from "@metamem/core";
import { boxesPerLevel, largestNumber, packLevel, recordBytes, side } from "./level.ts";

/**
 * The published text format (spec minihack §4.1): per level a line `; <number>`, ten lines of ten symbols and an empty line, also after
 * the last one. Every level has four boxes, four goals and one player, each alone on its cell.
 */
const symbols = { wall: 35, floor: 32, box: 36, goal: 46, player: 64 } as const;
const newline = 10;

/** Levels of a file as records (level.ts), in the file's order. Throws `UsageError` naming file, level and line. */
export function packFile(name: string, text: Uint8Array): Uint8Array {
  return new FileParser(name, text).parse();
}

class FileParser {
  private readonly name: string;
  private readonly text: Uint8Array;
  private at = 0;
  private line = 0;
  private level: number | null = null;

  constructor(name: string, text: Uint8Array) {
    this.name = name;
    this.text = text;
  }

  parse(): Uint8Array {
    const bytesPerLevel = side * (side + 1);
    const records = new Uint8Array(Math.ceil(this.text.length / bytesPerLevel) * recordBytes);
    let used = 0;
    while (this.at < this.text.length) {
      this.readLevel(records, used);
      used += recordBytes;
    }
    if (used === 0) this.fail("the file is empty");
    return records.slice(0, used);
  }

  private readLevel(records: Uint8Array, offset: number): void {
    this.level = null;
    const number = this.readNumber();
    this.level = number;
    const found = { walls: [] as number[], boxes: [] as number[], goals: [] as number[], players: [] as number[] };
    for (let y = 0; y < side; y++) this.readRow(y, found);
    const { walls, boxes, goals, players } = found;
    const [player] = players;
    if (
      boxes.length !== boxesPerLevel ||
      goals.length !== boxesPerLevel ||
      players.length !== 1 ||
      player === undefined
    ) {
      const counts = `${boxes.length} boxes, ${goals.length} goals and ${players.length} players`;
      this.fail(`${counts}, not ${boxesPerLevel}, ${boxesPerLevel} and 1`);
    }
    // Without the empty line the reference would lose the level, and every index after it would mean another one.
    if (this.readLine() !== "") this.fail("an empty line must follow the ten rows");
    packLevel({ walls, boxes, goals, player }, number, records, offset);
  }

  private readNumber(): number {
    const header = this.readLine();
    const digits = /^; (\d{1,5})$/.exec(header)?.[1];
    const number = Number(digits ?? Number.NaN);
    if (!(number <= largestNumber)) this.fail(`'; <number>' up to ${largestNumber} must begin a level`);
    return number;
  }

  private readRow(y: number, found: Record<"walls" | "boxes" | "goals" | "players", number[]>): void {
    const { text } = this;
    const start = this.at;
    this.line += 1;
    for (let x = 0; x < side; x++) {
      const cell = y * side + x;
      const symbol = text[start + x];
      if (symbol === symbols.wall) found.walls.push(cell);
      else if (symbol === symbols.box) found.boxes.push(cell);
      else if (symbol === symbols.goal) found.goals.push(cell);
      else if (symbol === symbols.player) found.players.push(cell);
      else if (symbol === newline || symbol === undefined) this.fail(`the row has ${x} symbols, not ${side}`);
      else if (symbol !== symbols.floor) this.fail(`unknown symbol ${quoted(symbol)} in column ${x + 1}`);
    }
    if (text[start + side] !== newline) this.fail(`the row has more than ${side} symbols, or no line end`);
    this.at = start + side + 1;
  }

  /** The next line without its end; a line that the file's end cuts off counts as wrong, not as a line. */
  private readLine(): string {
    this.line += 1;
    const end = this.text.indexOf(newline, this.at);
    if (end < 0 || end - this.at > 20) this.fail(end < 0 ? "the file ends within a level" : "the line is too long");
    const line = String.fromCharCode(...this.text.subarray(this.at, end));
    this.at = end + 1;
    return line;
  }

  private fail(what: string): never {
    const level = this.level === null ? "" : ` level ${this.level}`;
    throw new UsageError("boxoban_level", `${this.name}${level} line ${Math.max(1, this.line)}: ${what}`);
  }
}

function quoted(symbol: number): string {
  return symbol > 32 && symbol < 127 ? `'${String.fromCharCode(symbol)}'` : `with code ${symbol}`;
}
