import type { Excerpt, MemoryLimits } from "./store.ts";
import { sliceText } from "./text.ts";

/** A line not decoded yet: bytes `start`…`end` of `view`, line break excluded. */
export interface LineRef {
  readonly file: string;
  readonly line: number;
  readonly view: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Decodes as many lines as a result may show, from the front or from the back, in file order. `labelled` counts the `file:line: ` a search
 * result puts before each line. At least one line is always shown, since no line takes more than a quarter of a result.
 */
export function excerpt(
  refs: readonly LineRef[],
  total: number,
  limits: MemoryLimits,
  keep: "first" | "last",
  labelled = false,
): Excerpt {
  const longest = Math.max(1, Math.floor(limits.resultBytes / 4));
  const order = keep === "first" ? refs : refs.toReversed();
  const lines: { file: string; line: number; text: string }[] = [];
  let room = limits.resultBytes;
  let cut = false;
  for (const ref of order) {
    const label = labelled ? ref.file.length + String(ref.line).length + 3 : 0;
    room -= Math.min(ref.end - ref.start, longest) + label + 1;
    if (lines.length > 0 && (room < 0 || lines.length === limits.resultLines)) break;
    if (ref.end - ref.start > longest) cut = true;
    lines.push({ file: ref.file, line: ref.line, text: lineText(ref, longest) });
  }
  if (keep === "last") lines.reverse();
  return { ok: true, lines, total, truncated: cut || lines.length < total };
}

function lineText({ view, start, end }: LineRef, longest: number): string {
  if (end - start <= longest) return sliceText(view, start, end);
  let stop = start + longest;
  while (stop > start && ((view[stop] ?? 0) & 0xc0) === 0x80) stop--;
  return `${sliceText(view, start, stop)} [... ${end - stop} bytes cut]`;
}
