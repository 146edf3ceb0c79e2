import { type OpenFile, refusal } from "./access.ts";
import { excerpt, type LineRef } from "./excerpt.ts";
import { endOfLine, matchLines } from "./search-bytes.ts";
import type { Excerpt, MemoryLimits, Query, Refusal } from "./store.ts";

/** Reading without decoding: only the lines that are shown become text. */

/** Lines `from`…`to` of a file, all of them without a range; the first ones when they do not fit. */
export function lineRange(
  file: OpenFile,
  range: { readonly from: number; readonly to: number } | undefined,
  limits: MemoryLimits,
): Excerpt | Refusal {
  const { lines } = file.state.index;
  const { from, to } = range ?? { from: 1, to: Math.max(1, lines) };
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && to >= from)) {
    return refusal("bad_argument", "a range is two line numbers from 1 on, the first not after the second");
  }
  if (range !== undefined && from > lines) {
    return refusal("bad_argument", `${file.name} has ${lines} lines, so there is no line ${from}`);
  }
  const last = Math.min(to, lines);
  return excerpt(
    linesFrom(file, from, Math.min(last, from + limits.resultLines - 1)),
    last - from + 1,
    limits,
    "first",
  );
}

/** The last `count` lines of a file. */
export function lastLines(file: OpenFile, count: number, limits: MemoryLimits): Excerpt | Refusal {
  if (!(Number.isSafeInteger(count) && count >= 1 && count <= limits.resultLines)) {
    return refusal("bad_argument", `the number of lines must be 1 to ${limits.resultLines}`);
  }
  const { lines } = file.state.index;
  const from = Math.max(1, lines - count + 1);
  return excerpt(linesFrom(file, from, lines), lines - from + 1, limits, "last");
}

/** Lines of all `files` that match; the last ones when they do not fit. */
export function matchingLines(files: readonly OpenFile[], query: Query, limits: MemoryLimits): Excerpt {
  const refs: LineRef[] = [];
  let total = 0;
  for (const file of files) {
    const hits = lastMatches(file.view, query, limits.resultLines);
    total += hits.total;
    const numbers = file.state.index.linesAt(file.view, hits.starts);
    for (const [index, line] of numbers.entries()) {
      const [start = 0, end = 0] = [hits.starts[index], hits.ends[index]];
      refs.push({ file: file.name, line, view: file.view, start, end });
    }
  }
  return excerpt(refs, total, limits, "last", true);
}

/** The byte ranges of the last matching lines, and the number of all. */
function lastMatches(
  view: Uint8Array,
  query: Query,
  most: number,
): { total: number; starts: number[]; ends: number[] } {
  // Rings: a million hits must not become a million objects.
  const starts: number[] = [];
  const ends: number[] = [];
  let total = 0;
  matchLines(view, query, (start, end) => {
    starts[total % most] = start;
    ends[total % most] = end;
    total++;
  });
  const oldest = total > most ? total % most : 0;
  const inOrder = (ring: number[]) => [...ring.slice(oldest), ...ring.slice(0, oldest)];
  return { total, starts: inOrder(starts), ends: inOrder(ends) };
}

function linesFrom({ name, state, view }: OpenFile, from: number, to: number): LineRef[] {
  const refs: LineRef[] = [];
  let start = state.index.startOf(view, from);
  for (let line = from; line <= to; line++) {
    const end = endOfLine(view, start);
    refs.push({ file: name, line, view, start, end });
    start = end + 1;
  }
  return refs;
}
