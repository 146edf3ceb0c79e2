import { expect, test } from "vitest";
import { duration, percent, plural, short } from "./numbers.ts";

test("numbers as people read them", () => {
  expect([0, 7, 0.5, 999, 1000, 9949, 9951, 12_400, 999_499, 999_500, 1_250_000].map(short)).toEqual([
    "0",
    "7",
    "0.5",
    "999",
    "1.0k",
    "9.9k",
    "10k",
    "12k",
    "999k",
    "1.0M",
    "1.3M",
  ]);
  expect([0, 59.6, 61, 3723].map(duration)).toEqual(["0:00", "1:00", "1:01", "1:02:03"]);
  expect([percent(0.5), percent(null), percent(1, 0)]).toEqual(["50.0 %", "-", "100 %"]);
  expect([plural(1, "call"), plural(2, "call")]).toEqual(["1 call", "2 calls"]);
});
