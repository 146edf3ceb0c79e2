import { expect, test } from "vitest";
import { costsOf, type Prices } from "./prices.ts";

const prices: Prices = {
  schema: "metamem.prices/1",
  unit: "USD per million tokens",
  origin: "made up",
  providers: { A: { cachedRead: 0.1, cacheWrite: 1.25 }, B: { cachedRead: 0.5, cacheWrite: 1 }, C: null },
  models: [
    { name: "a", provider: "A", input: 4, output: 20 },
    { name: "b", provider: "B", input: 4, output: 20, cachedRead: 0.25 },
    { name: "c", provider: "C", input: 1, output: 0 },
  ],
};

test("input and output are paid per million, cached input by its share, the rest at the price of writing", () => {
  const costs = costsOf(prices, { input: 2_000_000, cached: 1_000_000, output: 100_000 });
  expect(costs).toEqual([
    { model: "a", provider: "A", uncached: 10, withCache: 4 * 1.25 + 4 * 0.1 + 2 },
    { model: "b", provider: "B", uncached: 10, withCache: 4 + 4 * 0.25 + 2 },
    { model: "c", provider: "C", uncached: 2, withCache: null },
  ]);
});

test("caching that finds nothing costs what writing costs", () => {
  const [a, b] = costsOf(prices, { input: 1_000_000, cached: 0, output: 0 });
  expect([a?.withCache, b?.withCache]).toEqual([5, 4]);
});
