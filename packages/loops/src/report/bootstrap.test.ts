import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootstrapIntervals, samplesFor } from "./bootstrap.ts";

const world = (value: number, of = 1) => ({ counts: [value], ofs: [of] });

describe("bootstrap", () => {
  test("equal worlds have equal intervals, every time", () => {
    const worlds = [0, 0.1, 0.4, 0.2, 0.9, 0.3].map((value) => world(value));
    expect(bootstrapIntervals([worlds], 1)).toEqual(bootstrapIntervals([worlds], 1));
  });

  test("is as wide as theory says for many coin flips", () => {
    const worlds = Array.from({ length: 400 }, (_, index) => world(index % 2));
    const [low = 0, high = 0] = bootstrapIntervals([worlds], 1)[0] ?? [];
    expect(low).toBeCloseTo(0.5 - 1.96 * 0.025, 2);
    expect(high).toBeCloseTo(0.5 + 1.96 * 0.025, 2);
  });

  test("draws each task for itself: tasks that never vary add nothing", () => {
    const always = Array.from({ length: 5 }, () => world(1));
    const never = Array.from({ length: 5 }, () => world(0));
    expect(bootstrapIntervals([always, never], 1)).toEqual([[0.5, 0.5]]);
    expect(bootstrapIntervals([[...always, ...never]], 1)).not.toEqual([[0.5, 0.5]]);
  });

  test("lies within the smallest and the largest world, weights included", () => {
    const unit = fc.record({ value: fc.double({ min: 0, max: 1, noNaN: true }), of: fc.integer({ min: 1, max: 50 }) });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 8 }), (units) => {
        const interval = bootstrapIntervals([units.map(({ value, of }) => world(value * of, of))], 1)[0];
        const values = units.map(({ value }) => value);
        expect(interval?.[0]).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(interval?.[1]).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        expect(interval?.[0]).toBeLessThanOrEqual(interval?.[1] ?? Number.NaN);
      }),
      { numRuns: 20 },
    );
  });

  test("has no interval for one world, nor for a rate that can lack its denominator", () => {
    expect(bootstrapIntervals([[world(0.5)]], 1)).toEqual([null]);
    expect(bootstrapIntervals([[world(0.5)], [world(0.1)]], 1)).toEqual([null]);
    expect(bootstrapIntervals([[world(0, 0), world(1, 2)]], 1)).toEqual([null]);
  });

  test("draws less of large cells", () => {
    expect([samplesFor(10), samplesFor(1000), samplesFor(100_000)]).toEqual([10_000, 2000, 400]);
  });
});
