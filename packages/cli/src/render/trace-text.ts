import { printable } from "./printable.ts";

/** How much of a long text is shown: fixed prompt parts hardly change and are the longest. */
const headLines = 6;
const tailLines = 3;
const longestLine = 400;

/** The text in lines, indented; the middle of a long one left out unless `full`. */
export function shownText(text: string, by: string, full: boolean): string[] {
  const lines = printable(text).replace(/\n+$/, "").split("\n");
  const bounded = full ? lines : lines.map((line) => cut(line));
  const left = bounded.length - headLines - tailLines;
  if (full || left <= 1) return bounded.map((line) => `${by}${line}`.trimEnd());
  return [...bounded.slice(0, headLines), `[${left} more lines, shown with --full]`, ...bounded.slice(-tailLines)].map(
    (line) => `${by}${line}`.trimEnd(),
  );
}

/** The first line of a text, for one-line listings. */
export function firstLine(text: string, columns = 100): string {
  const line = printable(text).trim().split("\n", 1)[0] ?? "";
  return line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
}

function cut(line: string): string {
  return line.length > longestLine
    ? `${line.slice(0, longestLine)}[… ${line.length - longestLine} more characters]`
    : line;
}
