import { describe, expect, test } from "vitest";
import { readTerrain, terrain } from "./terrain.ts";
import { at, sightOf } from "./test-scene.ts";

function kinds(...picture: string[]): Uint8Array {
  return readTerrain(sightOf({ picture }).rows);
}

describe("signs that mean two things", () => {
  test("a leaf across the wall is an open door, a piece of wall is not", () => {
    const map = kinds("-----", "|.@.-", "|...|", "--|--", "  #  ");
    expect(map[at(2, 3)]).toBe(terrain.openDoor);
    expect(map[at(4, 1)]).toBe(terrain.openDoor);
    expect(map[at(0, 1)]).toBe(terrain.wall);
    expect(map[at(1, 0)]).toBe(terrain.wall);
  });

  test("a plus in a wall is a door, one lying about a book", () => {
    const map = kinds("-----", "|.@.+", "|.+.|", "|...|", "-----");
    expect(map[at(4, 1)]).toBe(terrain.closedDoor);
    expect(map[at(2, 2)]).toBe(terrain.thing);
  });
});

test("everything else by its sign", () => {
  const map = kinds("@>{<^`}$d ");
  const expected = [
    "creature",
    "down",
    "floor",
    "up",
    "trap",
    "boulder",
    "liquid",
    "thing",
    "creature",
    "blank",
  ] as const;
  expect(expected.map((_, column) => map[at(column, 0)])).toEqual(expected.map((name) => terrain[name]));
});
