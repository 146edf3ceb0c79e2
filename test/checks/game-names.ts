/** Agent, store, traces, loops and commands know environment families, never a game: a new one must not touch them. */

import { matches, type SourceFile, type Violation } from "./source-file.ts";

const neutral = /^packages\/(core|loops|cli)\/src\//;
const names = /crafter|minihack|nethack|\bnle\b/gi;

/** Reports every mention of a game in the code that has to stay free of them, in comments and tests too. */
export function gameNames(files: readonly SourceFile[]): Violation[] {
  return files
    .filter((file) => neutral.test(file.path))
    .flatMap((file) =>
      matches(file, names, (found) => `'${found}' is a game's name; only its family folder may say it`),
    );
}
