import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanAndError, quantile } from "./statistics.ts";

const ofForty = (solved: number) => Array.from({ length: 40 }, (_, index) => (index < solved ? 1 : 0));
const percent = ({ mean, standardError }: ReturnType<typeof meanAndError>) => [
  (100 * (mean ?? 0)).toFixed(2),
  (100 * (standardError ?? 0)).toFixed(2),
];

describe("mean and error as the benchmark computes them", () => {
  // Published means and the counts they are made of (spec automem §7.1).
  test.each([
    [1, "2.50", "2.47"],
    [3, "7.50", "4.16"],
    [4, "10.00", "4.74"],
    [11, "27.50", "7.06"],
    [12, "30.00", "7.25"],
  ])("%i of 40 solved", (solved, mean, error) => {
    expect(percent(meanAndError(ofForty(solved)))).toEqual([mean, error]);
  });

  test.each([
    ["v0", [0, 0, 0, 0, 0.02081163581974355], "0.42", "0.37"],
    ["loop 1", [0, 0.01847840456172601, 0.01847840456172601, 0.02081163581974355, 0.02081163581974355], "1.57", "0.35"],
  ])("five games, %s", (_, values, mean, error) => {
    expect(percent(meanAndError(values))).toEqual([mean, error]);
  });

  test("to the last digit of a submission's own summary", () => {
    expect(100 * (meanAndError(ofForty(1)).standardError ?? 0)).toBeCloseTo(2.468552207266437, 12);
  });

  test("one value has no deviation, none has no mean", () => {
    expect(meanAndError([0.5])).toEqual({ mean: 0.5, standardError: 0, sampleError: null });
    expect(meanAndError([])).toEqual({ mean: null, standardError: null, sampleError: null });
  });

  test("the sample error is the larger one", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(values, (some) => {
        const { standardError, sampleError } = meanAndError(some);
        expect(sampleError).toBeGreaterThanOrEqual(standardError ?? Number.NaN);
      }),
    );
  });
});

test("quantiles lie between their neighbours", () => {
  expect([0, 0.25, 0.5, 1].map((part) => quantile([1, 2, 4], part))).toEqual([1, 1.5, 2, 4]);
});
