import type { Milestone } from "@metamem/core";

/** Depths and experience levels that are worth something, in the order of the benchmark's table (spec balrog-text §8). */
const deepest = 50;
const mostExperienced = 30;

function levels(prefix: string, last: number): string[] {
  return Array.from({ length: last - 1 }, (_, index) => `${prefix}:${index + 2}`);
}

/** `Dlvl:2` … `Dlvl:50`, then `Xp:2` … `Xp:30`. Everybody begins at the first levels, which count nothing. */
export const milestoneNames: readonly string[] = [...levels("Dlvl", deepest), ...levels("Xp", mostExperienced)];

/** What was reached. A depth fallen through to counts alone: nothing is implied by what lies below it. */
export function milestones(depths: readonly number[], experienceLevels: readonly number[]): Milestone[] {
  const reached = new Set([
    ...depths.map((level) => `Dlvl:${level}`),
    ...experienceLevels.map((level) => `Xp:${level}`),
  ]);
  return milestoneNames.map((name) => ({ name, reached: reached.has(name) }));
}
