import { containsTag } from "../ops/tags.ts";
import { endOfLine, matchLines, startOfLine } from "./search-bytes.ts";
import type { MemoryDelta, Query } from "./store.ts";
import { encode, sliceText } from "./text.ts";

/** A byte edit in the old content's coordinates. */
export type Splice = NonNullable<MemoryDelta["splices"]>[number];

const lineFeed = 10;

/** The content after `splices` (ascending, not overlapping). */
export function applySplices(data: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const splice of splices) {
    pieces.push(data.subarray(at, splice.at), encode(splice.insert));
    at = splice.at + splice.remove;
  }
  pieces.push(data.subarray(at));
  return new Uint8Array(Buffer.concat(pieces));
}

/** Byte positions of `needle`, overlapping ones included, at most `most`. */
export function occurrences(data: Uint8Array, needle: string, most: number): number[] {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.length);
  const bytes = encode(needle);
  const found: number[] = [];
  for (let at = buffer.indexOf(bytes); at >= 0 && found.length < most; at = buffer.indexOf(bytes, at + 1))
    found.push(at);
  return found;
}

/** Removes every line that matches; neighbouring lines become one splice. */
export function removalOfLines(data: Uint8Array, query: Query): { splices: Splice[]; lines: number } {
  const ranges: { at: number; end: number }[] = [];
  let lines = 0;
  matchLines(data, query, (start, end) => {
    const next = Math.min(end + 1, data.length);
    const last = ranges.at(-1);
    if (last !== undefined && last.end === start) last.end = next;
    else ranges.push({ at: start, end: next });
    lines++;
  });
  return { splices: ranges.map(({ at, end }) => ({ at, remove: end - at, insert: "" })), lines };
}

/** Byte ranges (line break excluded) of the lines `key: ...`; a bare `key:` counts. */
export function linesOfKey(data: Uint8Array, key: string): { start: number; end: number }[] {
  const label = encode(`${key}:`).length;
  return occurrences(data, `${key}:`, Number.POSITIVE_INFINITY).flatMap((at) => {
    const after = data[at + label];
    const starts = at === 0 || data[at - 1] === lineFeed;
    const stops = after === undefined || after === lineFeed || after === 32;
    return starts && stops ? [{ start: at, end: endOfLine(data, at) }] : [];
  });
}

/** Makes `line` the only line of its key: in place of the first one, the others removed. */
export function keyedSplices(
  data: Uint8Array,
  found: readonly { start: number; end: number }[],
  line: string,
): Splice[] {
  return found.map(({ start, end }, index) =>
    index === 0
      ? { at: start, remove: end - start, insert: line }
      : { at: start, remove: Math.min(end + 1, data.length) - start, insert: "" },
  );
}

/** Whether the lines touched by an edit at `at` hold an op tag; `data` is the content after the edit. */
export function composesTag(data: Uint8Array, at: number, inserted: number): boolean {
  const start = startOfLine(data, Math.min(at, data.length));
  return containsTag(sliceText(data, start, endOfLine(data, Math.min(at + inserted, data.length))));
}
