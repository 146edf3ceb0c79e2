import type { Query } from "./store.ts";
import { encode } from "./text.ts";

const lineFeed = 10;

/** Every byte with ASCII capitals folded to small letters. */
const folded = Uint8Array.from({ length: 256 }, (_value, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** A keyword compiled for Horspool's search over raw bytes: ASCII letters match in either case, other bytes exactly. */
class Pattern {
  private readonly bytes: Uint8Array;
  /** Bytes to move on for the byte under the pattern's last position; 0 where that byte matches. */
  private readonly skip: Uint8Array;
  /** Bytes to move on after a match of the last byte only. */
  private readonly afterLast: number;

  /** `keyword` has 1 to 255 bytes. */
  constructor(keyword: string) {
    this.bytes = encode(keyword).map((byte) => folded[byte] ?? byte);
    const last = this.bytes.length - 1;
    const distance = new Uint8Array(256).fill(this.bytes.length);
    for (let at = 0; at < last; at++) distance[this.bytes[at] ?? 0] = last - at;
    this.afterLast = distance[this.bytes[last] ?? 0] ?? 1;
    distance[this.bytes[last] ?? 0] = 0;
    this.skip = distance.map((_value, byte) => distance[folded[byte] ?? byte] ?? 0);
  }

  /** First byte of the first occurrence at or after `from`; -1 without one. */
  find(text: Uint8Array, from: number): number {
    const { bytes, skip } = this;
    const last = bytes.length - 1;
    let at = from + last;
    for (;;) {
      at = last === 0 ? scan(text, skip, at) : leap(text, skip, at);
      if (at >= text.length) return -1;
      let back = last - 1;
      while (back >= 0 && folded[text[at - last + back] as number] === bytes[back]) back--;
      if (back < 0) return at - last;
      at += this.afterLast;
    }
  }
}

/** Moves on until the byte matches the pattern's last byte. */
function leap(text: Uint8Array, skip: Uint8Array, from: number): number {
  const end = text.length;
  let at = from;
  for (let step = 1; at < end; at += step) {
    step = skip[text[at] as number] as number;
    if (step === 0) return at;
  }
  return at;
}

/** `leap` for one-byte patterns, whose step is always 1: three times as fast, because no step waits for the one before. */
function scan(text: Uint8Array, skip: Uint8Array, from: number): number {
  const end = text.length;
  let at = from;
  while (at < end && skip[text[at] as number] !== 0) at++;
  return at;
}

/** Walks the lines that hold all keywords of one conjunction. No byte is searched twice for the same keyword. */
class Conjunction {
  /** The line found; `start` is -1 when there is none left. */
  start = 0;
  end = 0;
  private readonly text: Uint8Array;
  private readonly patterns: readonly Pattern[];
  /** Next occurrence of each keyword. */
  private readonly at: number[];

  constructor(text: Uint8Array, keywords: readonly string[]) {
    this.text = text;
    this.patterns = keywords.map((keyword) => new Pattern(keyword));
    this.at = this.patterns.map(() => -1);
    this.seek(0);
  }

  /** Finds the first matching line that starts at or after `from`, itself the start of a line. */
  seek(from: number): void {
    const { text } = this;
    let lineStart = from;
    for (;;) {
      const furthest = this.occurrences(lineStart);
      if (furthest < 0) {
        this.start = -1;
        return;
      }
      const found = startOfLine(text, furthest, lineStart);
      if (this.allFrom(found)) {
        this.start = found;
        this.end = endOfLine(text, furthest);
        return;
      }
      lineStart = found;
    }
  }

  /** Moves every keyword to its first occurrence at or after `from`; returns the furthest, -1 when one has none. */
  private occurrences(from: number): number {
    let furthest = -1;
    for (let index = 0; index < this.at.length; index++) {
      let at = this.at[index] as number;
      if (at < from) {
        at = (this.patterns[index] as Pattern).find(this.text, from);
        if (at < 0) return -1;
        this.at[index] = at;
      }
      if (at > furthest) furthest = at;
    }
    return furthest;
  }

  /** Whether no occurrence lies before the line of the furthest one; then all share that line. */
  private allFrom(lineStart: number): boolean {
    for (let index = 0; index < this.at.length; index++) if ((this.at[index] as number) < lineStart) return false;
    return true;
  }
}

/**
 * Calls `found` with the byte range (without line break) of every line that matches the query, in order. Runs over raw bytes; lines that
 * do not match are never looked at as lines.
 */
export function matchLines(text: Uint8Array, query: Query, found: (start: number, end: number) => void): void {
  const conjunctions = query.map((keywords) => new Conjunction(text, keywords));
  for (;;) {
    let first: Conjunction | null = null;
    for (const each of conjunctions) {
      if (each.start >= 0 && (first === null || each.start < first.start)) first = each;
    }
    if (first === null) return;
    const { start, end } = first;
    found(start, end);
    for (const each of conjunctions) if (each.start === start) each.seek(Math.min(end + 1, text.length));
  }
}

/** Start of the line that holds byte `at`, known not to lie before `floor`. */
export function startOfLine(text: Uint8Array, at: number, floor = 0): number {
  let start = at;
  while (start > floor && text[start - 1] !== lineFeed) start--;
  return start;
}

/** Position of the line break that ends the line of byte `at`, or the end of the text. */
export function endOfLine(text: Uint8Array, at: number): number {
  const end = text.indexOf(lineFeed, at);
  return end < 0 ? text.length : end;
}

/** Longest keyword in bytes, and most keywords of one query. */
const maxKeywordBytes = 200;
const maxKeywords = 16;

/** What is wrong with a query, as one line for the model; null when it can be searched for. */
export function queryProblem(query: Query): string | null {
  const keywords = query.flat();
  if (query.length === 0 || query.some((all) => all.length === 0) || keywords.includes(""))
    return "a keyword is missing";
  if (keywords.some((keyword) => /[\r\n]/.test(keyword))) return "a keyword must lie within one line";
  if (keywords.length > maxKeywords) return `there are ${keywords.length} keywords, at most ${maxKeywords} are allowed`;
  if (keywords.some((keyword) => encode(keyword).length > maxKeywordBytes)) {
    return `a keyword is longer than ${maxKeywordBytes} bytes`;
  }
  return null;
}
