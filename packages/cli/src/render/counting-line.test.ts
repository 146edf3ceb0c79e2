import { expect, test } from "vitest";
import { countingLine } from "./counting-line.ts";

test("says how far the counting is, and how long the rest takes at this rate", () => {
  expect(countingLine({ episodes: 55, share: 0.25 }, 10)).toBe("counted 25.0 % of 55 episodes, about 0:30 left");
  expect(countingLine({ episodes: 1, share: 0 }, 5)).toBe("counted 0.0 % of 1 episode");
});
