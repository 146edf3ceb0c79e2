import { describe, expect, test } from "vitest";
import { PythonRandom } from "./python-random.ts";

/** Spec minihack §4.1: seed, index of 3 332, index of 450 000. */
const table = [
  [0, 1577, 442_720],
  [1, 550, 70_445],
  [2, 231, 445_149],
  [42, 2619, 335_243],
  [43, 157, 20_212],
  [44, 1673, 214_190],
  [45, 1113, 142_541],
  [46, 312, 40_046],
  [123_456_789, 2627, 336_278],
] as const;

describe("Python's random", () => {
  test.each(table)("seed %i chooses %i of 3332 and %i of 450000", (seed, hard, medium) => {
    expect(new PythonRandom(seed).choice(3332)).toBe(hard);
    expect(new PythonRandom(seed).choice(450_000)).toBe(medium);
  });

  // Made with CPython: the 2000th of choices among a power of two, where it draws twice on average; one past the first refill.
  test.each([
    [2 ** 40 + 7, 628, 286],
    [2 ** 53 - 1, 96, 594],
    [-42, 654, 3083],
    [7, 331, 3808],
  ])("goes on as Python for seed %i", (seed, ofThousand, twoThousandth) => {
    expect(new PythonRandom(seed).choice(1000)).toBe(ofThousand);
    const random = new PythonRandom(seed);
    const choices = Array.from({ length: 2000 }, () => random.choice(4096));
    expect(choices.at(-1)).toBe(twoThousandth);
  });

  test("refuses what it cannot seed or choose", () => {
    expect(() => new PythonRandom(0.5)).toThrow(/safe integer/);
    expect(() => new PythonRandom(1).choice(0)).toThrow(/1 ≤ n/);
    expect(() => new PythonRandom(1).choice(2 ** 32)).toThrow(/1 ≤ n/);
  });
});
