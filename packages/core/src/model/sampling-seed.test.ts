import fc from "fast-check";
import { expect, test } from "vitest";
import { samplingSeed } from "./sampling-seed.ts";

test("known answers: recorded episodes depend on them", () => {
  expect(samplingSeed(0)).toBe(1354539281);
  expect(samplingSeed(42, 12, "log", 0)).toBe(970696288);
});

test("within 0…2^31-1, equal for equal labels, and labels do not run together", () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.oneof(fc.string(), fc.integer())), (root, labels) => {
      const seed = samplingSeed(root, ...labels);
      expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
      expect(samplingSeed(root, ...labels)).toBe(seed);
    }),
  );
  expect(samplingSeed(1, "ab", "c")).not.toBe(samplingSeed(1, "a", "bc"));
  expect(samplingSeed(1, "1")).not.toBe(samplingSeed(1, 1));
});

test("neighbouring calls get different seeds", () => {
  const seeds = new Set<number>();
  for (let step = 0; step < 1000; step++)
    for (const phase of ["log", "consult"]) seeds.add(samplingSeed(42, step, phase));
  expect(seeds.size).toBe(2000);
});
