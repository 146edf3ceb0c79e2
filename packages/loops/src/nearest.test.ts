import { expect, test } from "vitest";
import { nearest, suggestion } from "./nearest.ts";

test.each([
  ["memry-v0", "memory-v0"],
  ["hihg", "high"],
  ["publishd", "published"],
  ["slid", "sliding-window"],
  ["DEFAULT", "default"],
  ["zzz", null],
  ["", null],
])("nearest('%s') is %s", (typed, found) => {
  expect(nearest(typed, ["memory-v0", "high", "published", "sliding-window", "default"])).toBe(found);
});

test("a hint is a sentence, or nothing", () => {
  expect(suggestion("hig", ["high"])).toBe(" Did you mean 'high'?");
  expect(suggestion("other", ["high"])).toBe("");
  expect(suggestion("x", [])).toBe("");
});
