import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRng, rngFromState, splitMix64 } from "./rng.ts";

describe("known answers", () => {
  test("xoshiro128** gives the published outputs for state 1, 2, 3, 4", () => {
    const rng = rngFromState([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => rng.uint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  test("SplitMix64 gives the published outputs for seed 1234567", () => {
    expect(splitMix64(1234567n, 5)).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ]);
  });

  test("a seed is two SplitMix64 outputs, low word first", () => {
    const words = splitMix64(1234567n, 2).flatMap((word) => [Number(word % 2n ** 32n), Number(word / 2n ** 32n)]);
    const expected = rngFromState(words as [number, number, number, number]);
    const rng = createRng(1234567);
    expect(Array.from({ length: 4 }, () => rng.uint32())).toEqual(Array.from({ length: 4 }, () => expected.uint32()));
  });
});

describe("properties", () => {
  test("equal seeds give equal streams, and negative seeds are allowed", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        const [a, b] = [createRng(seed), createRng(seed)];
        for (let i = 0; i < 20; i++) expect(a.uint32()).toBe(b.uint32());
      }),
    );
  });

  test("int stays in range for every bound", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, n) => {
        const value = createRng(seed).int(n);
        expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true);
      }),
    );
  });

  test("int(6) is even: 60 000 throws, each face within 5 standard deviations", () => {
    const rng = createRng(7);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) {
      const face = rng.int(6);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    for (const count of counts)
      expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(60_000 * (1 / 6) * (5 / 6)));
  });

  test("next is in [0, 1) and pick returns an item", () => {
    const rng = createRng(3);
    for (let i = 0; i < 1000; i++) {
      const value = rng.next();
      expect(value >= 0 && value < 1).toBe(true);
      expect(["a", "b"]).toContain(rng.pick(["a", "b"]));
    }
  });

  test("misuse throws", () => {
    expect(() => createRng(0.5)).toThrow(RangeError);
    expect(() => createRng(1).int(0)).toThrow(RangeError);
    expect(() => createRng(1).pick([])).toThrow(RangeError);
  });
});
