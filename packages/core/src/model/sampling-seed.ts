import { hashJson } from "../hash.ts";

/**
 * The sampling seed of one call, derived from the episode's root and what the call is (spec automem I-32), so that a replay asks the
 * same question and adding a call elsewhere changes no other seed: `samplingSeed(root, step, "log", 0)`.
 * @returns 0…2^31-1, the range every server accepts.
 */
export function samplingSeed(root: number, ...labels: readonly (string | number)[]): number {
  return Number.parseInt(hashJson([root, ...labels]).slice(0, 8), 16) & 0x7fff_ffff;
}
