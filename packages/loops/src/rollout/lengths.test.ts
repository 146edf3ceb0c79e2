import { describe, expect, test } from "vitest";
import { expectedSteps } from "./lengths.ts";

const games = [{ limit: 1000, steps: [100, 300, 1000] }];

describe("how long an episode will be", () => {
  test.each([
    // The limit of the known ones: their mean.
    [1000, 1400 / 3],
    // A shorter limit ends only the games that would have gone on, instead of making all shorter.
    [200, 500 / 3],
    [50, 50],
    // A longer one lets go on what was ended by its limit.
    [2000, 2400 / 3],
  ])("with limit %i", (limit, expected) => {
    expect(expectedSteps(games, limit)).toBeCloseTo(expected);
  });

  test("one that has begun is like those that lasted longer", () => {
    expect(expectedSteps(games, 1000, 100)).toBeCloseTo(1300 / 2);
    expect(expectedSteps(games, 1000, 999)).toBe(1000);
    expect(expectedSteps([{ limit: 1000, steps: [10] }], 1000, 50)).toBeCloseTo(55);
    expect(expectedSteps([{ limit: 1000, steps: [10] }], 52, 50)).toBe(52);
  });
});
