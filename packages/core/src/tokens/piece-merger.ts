import { alphabetText } from "./byte-alphabet.ts";
import { longestInGraph, MergeSession } from "./merge-session.ts";
import { type MergeTable, mergeTable } from "./merge-table.ts";
import { mergeWord } from "./merge-word.ts";
import { RecentMap } from "./recent-map.ts";
import type { TokenizerFile } from "./tokenizer-file.ts";

/** How many pieces the graph has merged, in how many calls, and how many were merged in plain code. */
export interface MergeWork {
  graph: number;
  graphCalls: number;
  direct: number;
}

/** Characters of pieces that each generation of the cache holds. */
const cachedCharacters = 1_000_000;

/** In characters. A longer piece is rare and hardly comes again. */
const longestKept = 256;

/**
 * Turns pieces into tokens, each new piece once. onnxruntime answers only later, so there are two roads to the same tokens: `learn` has
 * the graph merge many pieces in few calls, together with those of everybody else who asks meanwhile; `tokens` answers at once, from what
 * is known or by plain code.
 */
export class PieceMerger {
  readonly work: MergeWork = { graph: 0, graphCalls: 0, direct: 0 };
  readonly #table: MergeTable;
  readonly #whole: TokenizerFile["vocab"] | null;
  readonly #known = new RecentMap<Uint32Array>(cachedCharacters);
  #waiting = new Map<string, readonly number[]>();
  #round: Promise<void> | null = null;
  #session: Promise<MergeSession | null> | null = null;

  constructor(file: TokenizerFile, where: string) {
    this.#table = mergeTable(file, where);
    this.#whole = file.wholePieces ? file.vocab : null;
  }

  tokens(piece: string): Uint32Array {
    const known = this.#known.get(piece);
    if (known !== undefined) return known;
    const bytes = new TextEncoder().encode(piece);
    const whole = this.#wholePiece(bytes);
    if (whole !== undefined) return this.#keep(piece, Uint32Array.of(whole));
    this.work.direct += 1;
    return this.#keep(piece, mergeWord(this.#start(bytes), this.#table));
  }

  /** Has the graph merge those pieces that are new. Without onnxruntime nothing happens here. */
  async learn(pieces: Iterable<string>): Promise<void> {
    let added = false;
    for (const piece of pieces) {
      if (piece.length > longestInGraph || this.#known.get(piece) !== undefined || this.#waiting.has(piece)) continue;
      const bytes = new TextEncoder().encode(piece);
      const start = this.#start(bytes);
      if (this.#wholePiece(bytes) !== undefined) continue;
      if (start.length < 2 || start.length > longestInGraph) continue;
      this.#waiting.set(piece, start);
      added = true;
    }
    if (added) this.#round ??= this.#mergeWaiting();
    await this.#round;
  }

  async #mergeWaiting(): Promise<void> {
    this.#session ??= MergeSession.open(this.#table);
    const session = await this.#session;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    this.#round = null;
    if (session === null) return;
    const pieces = [...waiting.keys()];
    const merged = await session.merge([...waiting.values()]);
    pieces.forEach((piece, index) => {
      const tokens = merged[index];
      if (tokens !== undefined) this.#keep(piece, tokens);
    });
    this.work.graph += pieces.length;
    this.work.graphCalls += 1;
  }

  /** The id of a piece that is a vocabulary entry, where that settles it. */
  #wholePiece(bytes: Uint8Array): number | undefined {
    if (this.#whole === null) return undefined;
    const text = alphabetText(bytes);
    return Object.hasOwn(this.#whole, text) ? this.#whole[text] : undefined;
  }

  #start(bytes: Uint8Array): number[] {
    const ids: number[] = [];
    for (const byte of bytes) {
      const id = this.#table.idOfByte[byte] ?? -1;
      if (id >= 0) ids.push(id);
    }
    return ids;
  }

  #keep(piece: string, tokens: Uint32Array): Uint32Array {
    if (piece.length <= longestKept) this.#known.set(piece, tokens);
    return tokens;
  }
}
