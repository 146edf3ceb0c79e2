import { decode, encode, sliceText } from "./text.ts";

/** What counts as "nothing new" when a model writes (spec automem §7.3, repeat write). */

const lineFeed = 10;
const blank = 32;
const colon = 58;
const stepWord = encode("step ");

/** A line in lower case, blanks collapsed and trimmed, without a leading `step N ...:`. */
export function normalizeLine(line: string): string {
  const data = encode(line.toWellFormed());
  const normalizer = new Normalizer();
  normalizer.line(data, 0, data.length);
  return decode(normalizer.bytes.subarray(normalizer.start, normalizer.end));
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
    normalizer.line(data, start, end);
    if (normalizer.end > normalizer.start && !visit(normalizer.hash53)) return false;
    start = end + 1;
  }
  return true;
}

/** Normalises lines as bytes; only lines with characters beyond ASCII are decoded. The newest line is `bytes` from `start` to `end`. */
class Normalizer {
  bytes: Uint8Array = new Uint8Array(256);
  start = 0;
  end = 0;

  line(data: Uint8Array, from: number, to: number): void {
    if (this.bytes.length < to - from) this.bytes = new Uint8Array(2 * (to - from));
    const { bytes } = this;
    let length = 0;
    for (let at = from; at < to; at++) {
      const byte = data[at] as number;
      if (byte >= 128) {
        this.bytes = encode(normalizeUnicode(sliceText(data, from, to)));
        length = this.bytes.length;
        break;
      }
      if (byte === blank || (byte >= 9 && byte <= 13)) {
        if (length > 0 && bytes[length - 1] !== blank) bytes[length++] = blank;
      } else bytes[length++] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    }
    if (length > 0 && this.bytes[length - 1] === blank) length--;
    this.end = length;
    this.start = afterStep(this.bytes, length);
  }

  /** Two multiplicative hashes of 32 and 21 bits, as one exact number. */
  get hash53(): number {
    const { bytes, start, end } = this;
    let low = 0x811c9dc5;
    let high = 0x9e3779b9;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ (byte + (low >>> 24)), 0x85ebca6b);
    }
    return ((high ^ (high >>> 15)) & 0x1fffff) * 2 ** 32 + ((low ^ (low >>> 16)) >>> 0);
  }
}

function normalizeUnicode(line: string): string {
  return line.toLowerCase().replace(/\s+/g, " ").trim();
}

/** Where the line goes on after `step N ...:` and a blank; 0 when it does not begin so. */
function afterStep(line: Uint8Array, length: number): number {
  for (let at = 0; at < stepWord.length; at++) if (at >= length || line[at] !== stepWord[at]) return 0;
  const digit = stepWord.length < length ? (line[stepWord.length] as number) : 0;
  if (digit < 48 || digit > 57) return 0;
  for (let at = stepWord.length + 1; at < length; at++)
    if (line[at] === colon) return at + 1 < length && line[at + 1] === blank ? at + 2 : at + 1;
  return 0;
}
