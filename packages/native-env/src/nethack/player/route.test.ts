import { describe, expect, test } from "vitest";
import { openCosts } from "./ground.ts";
import { routesFrom } from "./route.ts";
import { readTerrain } from "./terrain.ts";
import { at, inPicture, sightOf } from "./test-scene.ts";

function way(picture: readonly string[], to: number, blocked?: ReadonlyMap<number, ReadonlySet<number>>) {
  const sight = sightOf({ picture });
  const kinds = readTerrain(sight.rows);
  const routes = routesFrom(sight.hero ?? 0, openCosts(kinds), kinds, blocked);
  return { cells: routes.way(to).map(inPicture), cost: routes.cost(to) };
}

describe("ways", () => {
  test("diagonally over open ground, around walls", () => {
    expect(way(["@..", "...", "..."], at(2, 2)).cells).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(way(["@|.", ".|.", "..."], at(2, 0)).cost).toBe(40);
  });

  test("through doors in a straight line only", () => {
    const room = ["-----", "|@..|", "|...|", "--|--", " ## "];
    expect(way(room, at(1, 4)).cells).toEqual([
      [2, 2],
      [2, 3],
      [2, 4],
      [1, 4],
    ]);
  });

  test("not where a step is known to fail, nor where there is no ground", () => {
    const shut = new Map([[at(1, 0), new Set([at(0, 0)])]]);
    expect(way(["@.."], at(2, 0), shut)).toEqual({ cells: [], cost: Number.POSITIVE_INFINITY });
    expect(way(["@ ."], at(2, 0)).cells).toEqual([]);
  });
});
