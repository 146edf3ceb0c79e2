import { decode, encode, sliceText } from "./text.ts";

/** What counts as "nothing new" when a model writes (spec automem §7.3, repeat write). */

const lineFeed = 10;
const blank = 32;
const colon = 58;
const stepWord = encode("step ");

/** A line in lower case, blanks collapsed and trimmed, without a leading `step N ...:`. */
export function normalizeLine(line: string): string {
  const bytes = encode(line.toWellFormed());
  return decode(new Normalizer().line(bytes, 0, bytes.length));
}

/** All non-blank lines of a text, each normalised. */
export function normalizeText(text: string): string {
  return text
    .split("\n")
    .map(normalizeLine)
    .filter((line) => line !== "")
    .join("\n");
}

/**
 * The set of normalised lines of a file that grows. Holds 53-bit hashes: about 20 bytes per line, no text; two different lines are taken
 * for the same once in 10^10 look-ups in a file of a million lines.
 */
export class LineSet {
  private readonly hashes = new Set<number>();

  /** Adds all lines of `data`, which starts at the start of a line. */
  add(data: Uint8Array): void {
    everyLine(data, (hash) => {
      this.hashes.add(hash);
      return true;
    });
  }

  /** Whether every non-blank line of `data` is in the set. */
  hasAll(data: Uint8Array): boolean {
    return everyLine(data, (hash) => this.hashes.has(hash));
  }
}

/** Visits the 53-bit hash of every non-blank line of `data`, normalised, until a visit says false; returns whether none did. */
export function everyLine(data: Uint8Array, visit: (hash: number) => boolean): boolean {
  const normalizer = new Normalizer();
  for (let start = 0; start < data.length; ) {
    const found = data.indexOf(lineFeed, start);
    const end = found < 0 ? data.length : found;
    const line = normalizer.line(data, start, end);
    if (line.length > 0 && !visit(hash53(line))) return false;
    start = end + 1;
  }
  return true;
}

/** Normalises lines as bytes; only lines with characters beyond ASCII are decoded. */
class Normalizer {
  private scratch = new Uint8Array(256);

  /** The normalised line, valid until the next call. */
  line(data: Uint8Array, start: number, end: number): Uint8Array {
    if (this.scratch.length < end - start) this.scratch = new Uint8Array(2 * (end - start));
    const { scratch } = this;
    let length = 0;
    for (let at = start; at < end; at++) {
      const byte = data[at] as number;
      if (byte >= 128) return withoutStep(encode(normalizeUnicode(sliceText(data, start, end))));
      if (byte === blank || (byte >= 9 && byte <= 13)) {
        if (length > 0 && scratch[length - 1] !== blank) scratch[length++] = blank;
      } else scratch[length++] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    }
    if (length > 0 && scratch[length - 1] === blank) length--;
    return withoutStep(scratch.subarray(0, length));
  }
}

function normalizeUnicode(line: string): string {
  return line.toLowerCase().replace(/\s+/g, " ").trim();
}

/** Drops `step N ...:` and the blank after it. */
function withoutStep(line: Uint8Array): Uint8Array {
  for (let at = 0; at < stepWord.length; at++) if (line[at] !== stepWord[at]) return line;
  const digit = line[stepWord.length] ?? 0;
  const end = line.indexOf(colon);
  if (digit < 48 || digit > 57 || end < 0) return line;
  return line.subarray(line[end + 1] === blank ? end + 2 : end + 1);
}

/** Two multiplicative hashes of 32 and 21 bits, as one exact number. */
function hash53(line: Uint8Array): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let at = 0; at < line.length; at++) {
    const byte = line[at] as number;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ (byte + (low >>> 24)), 0x85ebca6b);
  }
  return ((high ^ (high >>> 15)) & 0x1fffff) * 2 ** 32 + ((low ^ (low >>> 16)) >>> 0);
}
