import type { Comparison } from "./comparison.ts";

/** The first line in which two texts differ, under the heading it stands below; undefined when the texts are equal. */
export function differingLine(text: string, expected: string, actual: string): Comparison | undefined {
  if (expected === actual) return undefined;
  const [wanted, got] = [expected.split("\n"), actual.split("\n")];
  let line = 0;
  while (wanted[line] === got[line]) line += 1;
  const heading = wanted.slice(0, line + 1).findLast((candidate) => /^[a-z ]+:$/.test(candidate));
  return {
    field: `${text}, line ${line + 1}${heading === undefined ? "" : ` (${heading.slice(0, -1)})`}`,
    expected: shown(wanted[line]),
    actual: shown(got[line]),
  };
}

/** With blanks and control characters visible. */
function shown(line: string | undefined): string {
  return line === undefined ? "(no such line)" : JSON.stringify(line);
}
