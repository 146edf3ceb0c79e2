import { MetricsPass } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { loadBalrogNames } from "./balrog-names.ts";
import { loadPublished } from "./published.ts";
import { ratesOf } from "./run-rows.ts";

const { groups, behaviour, episodes } = loadPublished();
const rows = new Map(groups.flatMap((group) => group.rows).map(({ name, progression }) => [name, progression]));

describe("the published rows", () => {
  // The ratios that the paper itself prints.
  test.each([
    ["file memory, loop 1", [1.89, 3.67, 3.74]],
    ["file memory, both loops", [2.05, 4.0, 4.4]],
  ])("%s gains as much as is said", (name, ratios) => {
    const before = rows.get("file memory v0") ?? {};
    const gains = Object.entries(rows.get(name) ?? {}).map(
      ([family, [mean]]) => mean / (before[family]?.[0] ?? Number.NaN),
    );
    expect(gains.map((gain) => Number(gain.toFixed(2)))).toEqual(ratios);
  });

  test("have every family, with its number of episodes", () => {
    for (const progression of rows.values()) expect(Object.keys(progression)).toEqual(Object.keys(episodes));
    expect(rows.size).toBe(12);
  });

  test("name rates that we measure", () => {
    const known = Object.keys(ratesOf(new MetricsPass(() => "").result()));
    expect(behaviour.rates.filter(({ rate }) => !known.includes(rate))).toEqual([]);
  });

  test("and the benchmark's names are of the same families", () => {
    expect(Object.keys(loadBalrogNames())).toEqual(Object.keys(episodes));
  });
});
