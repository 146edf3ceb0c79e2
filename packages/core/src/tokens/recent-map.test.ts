import { expect, test } from "vitest";
import { RecentMap } from "./recent-map.ts";

test("what is used stays, what is not goes", () => {
  const map = new RecentMap<number>(10);
  map.set("keep", 1);
  map.set("gone", 2);
  for (let round = 0; round < 20; round++) {
    expect(map.get("keep")).toBe(1);
    map.set(`x${round}`, round);
  }
  expect(map.get("gone")).toBeUndefined();
  expect(map.get("x19")).toBe(19);
});

test("keys are the texts, to the last sign", () => {
  const map = new RecentMap<number>(100);
  map.set("\ufeffa", 1);
  expect(map.get("a")).toBeUndefined();
  expect(map.get("\ufeffa")).toBe(1);
});
