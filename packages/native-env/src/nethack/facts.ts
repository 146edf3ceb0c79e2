import type { NativeArray } from "./native.ts";
import { type RawArrays, type RawName, viewArrays, viewWords } from "./raw-arrays.ts";

/** Indexes into the status array (spec nethack §3.2), as far as they are used. */
const statusFields = {
  x: 0,
  y: 1,
  score: 9,
  hp: 10,
  maxHp: 11,
  depth: 12,
  gold: 13,
  energy: 14,
  maxEnergy: 15,
  armorClass: 16,
  experienceLevel: 18,
  experiencePoints: 19,
  turn: 20,
  hunger: 21,
  encumbrance: 22,
  dungeon: 23,
  level: 24,
  conditions: 25,
} as const;
type StatusField = keyof typeof statusFields;

const mapWidth = 79;
const mapHeight = 21;
/** Arrays from which everything but the surroundings is read, whole. */
const sources = ["blstats", "message", "program_state", "internal", "inv_letters"] as const satisfies RawName[];
const neighbourCount = 9;
/** What stands beyond the edge of the map. */
const noGlyph = -1;

/** Takes out of a block, in one small piece, what the features of an observation need: blocks change with every key. */
export class FactsReader {
  readonly #parts: readonly (readonly [words: Int32Array, at: number])[];
  readonly #places: ReadonlyMap<RawName, number>;
  readonly #status: Int32Array;
  readonly #glyphs: RawArrays["glyphs"];
  readonly #size: number;

  constructor(block: ArrayBuffer, layout: readonly NativeArray[]) {
    const parts: (readonly [Int32Array, number])[] = [];
    const places = new Map<RawName, number>();
    let at = neighbourCount;
    for (const name of sources) {
      const words = viewWords(block, layout, name);
      parts.push([words, at]);
      places.set(name, at);
      at += words.length;
    }
    this.#parts = parts;
    this.#places = places;
    this.#size = at;
    this.#status = viewWords(block, layout, "blstats");
    this.#glyphs = viewArrays(block, layout, ["glyphs"]).glyphs;
  }

  /** The current game turn. */
  get turn(): number {
    return this.#status[2 * statusFields.turn] ?? 0;
  }

  copy(): Facts {
    const words = new Int32Array(this.#size);
    for (const [part, at] of this.#parts) words.set(part, at);
    this.#copyNeighbours(words);
    return new Facts(words, this.#places);
  }

  /** Glyphs of the three rows and columns around the hero, row by row. */
  #copyNeighbours(words: Int32Array): void {
    const x = this.#status[2 * statusFields.x] ?? 0;
    const y = this.#status[2 * statusFields.y] ?? 0;
    for (let index = 0; index < neighbourCount; index++) {
      const column = x + (index % 3) - 1;
      const row = y + Math.floor(index / 3) - 1;
      const inside = column >= 0 && column < mapWidth && row >= 0 && row < mapHeight;
      words[index] = inside ? (this.#glyphs[row * mapWidth + column] ?? noGlyph) : noGlyph;
    }
  }
}

/** What was copied of one observation. */
export class Facts {
  readonly #words: Int32Array;
  readonly #places: ReadonlyMap<RawName, number>;

  constructor(words: Int32Array, places: ReadonlyMap<RawName, number>) {
    this.#words = words;
    this.#places = places;
  }

  /** Values are far below 2^31, so the low halves of the 64-bit numbers are enough. */
  status(field: StatusField): number {
    return this.#word("blstats", 2 * statusFields[field]);
  }

  /** Whether the game is over; what can be seen is empty then. */
  get isOver(): boolean {
    return this.#word("program_state", 0) === 1;
  }
  get asksQuestion(): boolean {
    return this.#word("internal", 1) === 1;
  }
  get asksText(): boolean {
    return this.#word("internal", 2) === 1;
  }
  /** A page of text or a menu is shown. */
  get waitsForSpace(): boolean {
    return this.#word("internal", 3) === 1;
  }

  /** Letters of what is carried. */
  get letters(): string {
    return this.#text("inv_letters", 55);
  }
  /** The game's own message line. */
  get message(): string {
    return this.#text("message", 256);
  }

  /** Glyph at an offset of one step or none. */
  neighbour(dx: number, dy: number): number {
    return this.#words[(dy + 1) * 3 + dx + 1] ?? noGlyph;
  }

  #word(name: RawName, index: number): number {
    return this.#words[(this.#places.get(name) ?? 0) + index] ?? 0;
  }

  #text(name: RawName, length: number): string {
    const bytes = new Uint8Array(this.#words.buffer, 4 * (this.#places.get(name) ?? 0), length);
    const end = bytes.indexOf(0);
    return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("latin1");
  }
}
