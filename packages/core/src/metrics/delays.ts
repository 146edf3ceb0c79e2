import type { Delays } from "./definitions.ts";

/** The first delay of the class of `delay`: classes are one step wide below 16, and at most an eighth of their delays wide from there. */
export function delayClass(delay: number): number {
  const width = 2 ** Math.max(0, 28 - Math.clz32(delay));
  return delay - (delay % width);
}

/** Delays with their median, the lower one of two; exact below 16 steps, from there the first delay of its class. */
export function delaysOf(classes: ReadonlyMap<number, number>): Delays {
  const sorted = [...classes].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let [below, median]: [number, number | null] = [0, null];
  for (const [delay, count] of sorted) {
    if (2 * below < total) median = delay;
    below += count;
  }
  return { classes: Object.fromEntries(sorted), median };
}

/** The delays of several episodes together. */
export function addDelays(a: Delays, b: Delays): Delays {
  const classes = new Map<number, number>();
  for (const [delay, count] of [...Object.entries(a.classes), ...Object.entries(b.classes)])
    classes.set(Number(delay), (classes.get(Number(delay)) ?? 0) + count);
  return delaysOf(classes);
}
