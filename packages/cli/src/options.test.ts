import { describe, expect, test } from "vitest";
import { collect, concurrency, list, price } from "./options.ts";

describe("option values", () => {
  test("prices: numbers, or a model of the list without its discount", () => {
    expect(price("0.5/1.5")).toEqual({ input: 0.5, output: 1.5 });
    expect(price(".5/1/0.05")).toEqual({ input: 0.5, output: 1, cached: 0.05 });
    expect(price("gpt-5 mini")).toEqual({ input: 0.25, output: 2 });
    for (const wrong of ["1", "1/2/3/4", "1/x", "GPT-0"]) expect(() => price(wrong)).toThrow();
  });

  test("concurrency, lists, repeated options", () => {
    expect([concurrency("auto"), concurrency("64")]).toEqual(["auto", 64]);
    expect(() => concurrency("0")).toThrow();
    expect(list("a, ./b.ts")).toEqual(["a", "./b.ts"]);
    expect(() => list("a,,b")).toThrow();
    expect(collect("y", collect("x"))).toEqual(["x", "y"]);
  });
});
