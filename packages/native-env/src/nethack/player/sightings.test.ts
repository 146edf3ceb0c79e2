import { describe, expect, test } from "vitest";
import { cellAt } from "./geometry.ts";
import { bearingOf, parseSightings, rangeOf } from "./sightings.ts";

describe("the language observation", () => {
  test("names every direction of a line", () => {
    const seen = parseSightings(
      "horizontal wall very near north, northeast, and southwest\ntame little dog adjacent west",
    );
    expect(seen.filter(({ name }) => name === "horizontal wall").map(({ bearing }) => bearing)).toEqual([
      "north",
      "northeast",
      "southwest",
    ]);
    expect(seen.at(-1)).toEqual({ name: "tame little dog", range: "adjacent", bearing: "west" });
  });

  test("gives plurals in the singular too", () => {
    expect(parseSightings("dwarves near north and south").map(({ name }) => name)).toContain("dwarf");
    expect(parseSightings("jackals far eastnortheast").map(({ name }) => name)).toContain("jackal");
    expect(parseSightings("bars near west").map(({ name }) => name)).toEqual(["bars"]);
  });

  test("leaves out what is no line of it", () => {
    expect(parseSightings("Hello Agent\n\nnear north")).toEqual([]);
  });
});

test("range and bearing of a cell are the text's own", () => {
  const hero = cellAt(40, 10);
  expect([rangeOf(hero, cellAt(41, 9)), bearingOf(hero, cellAt(41, 9))]).toEqual(["adjacent", "northeast"]);
  expect([rangeOf(hero, cellAt(40, 8)), bearingOf(hero, cellAt(40, 8))]).toEqual(["very near", "north"]);
  expect([rangeOf(hero, cellAt(36, 11)), bearingOf(hero, cellAt(36, 11))]).toEqual(["near", "westsouthwest"]);
  expect([rangeOf(hero, cellAt(43, 17)), bearingOf(hero, cellAt(43, 17))]).toEqual(["far", "southsoutheast"]);
  expect(rangeOf(hero, cellAt(70, 10))).toBe("very far");
});
