import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Difficulty } from "./level.ts";
import { type PackedSet, packSet } from "./packed-set.ts";
import { packFile } from "./text-format.ts";

/** Own levels of each class. */
export const ownCount = 1000;

/** Levels made by this project's generator (make/), in the published text format; they are committed, so that playing needs no generating. */
export function openOwnSet(difficulty: Difficulty): PackedSet {
  const name = ownName(difficulty);
  return packSet(difficulty, [{ name, records: packFile(name, readFileSync(ownPath(difficulty))) }], "sorted");
}

/** What stands before the number in the id of an own level: `own-hard#17` can be taken for no published one. */
export function ownName(difficulty: Difficulty): string {
  return `own-${difficulty}`;
}

export function ownPath(difficulty: Difficulty): string {
  return fileURLToPath(new URL(`./own/${difficulty}.txt`, import.meta.url));
}
