/** A file holds one concept. Past this many lines it holds more, and nobody reads it whole any longer. */

import type { SourceFile, Violation } from "./source-file.ts";

/** Lines a source file may have; 60 to 250 are the aim. */
export const ceiling = 400;
const source = /\.(ts|cc|cpp|h|hpp|py|sh)$/;

/** Files that are one long table by nature. Each entry says what the table is. */
const tables: Readonly<Record<string, string>> = {};

/** Reports source files over the ceiling and table entries that are no longer needed. */
export function fileLength(
  files: readonly SourceFile[],
  allowed: Readonly<Record<string, string>> = tables,
): Violation[] {
  const long = files.filter((file) => source.test(file.path) && lineCount(file) > ceiling);
  const tooLong = long
    .filter((file) => !(file.path in allowed))
    .map((file) => ({ path: file.path, message: `${lineCount(file)} lines, at most ${ceiling}: split it by concept` }));
  const needless = Object.keys(allowed)
    .filter((path) => !long.some((file) => file.path === path))
    .map((path) => ({ path, message: "is in the list of long tables but is not long: take it out of the list" }));
  return [...tooLong, ...needless];
}

function lineCount(file: SourceFile): number {
  return file.text.split("\n").length - (file.text.endsWith("\n") ? 1 : 0);
}
