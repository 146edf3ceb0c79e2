import { describe, expect, test } from "vitest";
import { at, inPicture } from "../../nethack/player/test-scene.ts";
import { exploreMaze, isMaze } from "./maze.ts";
import { stageLevel } from "./test-scene.ts";

/** Where it goes from here. Cells of even column and row in the picture are where passages may cross. */
function target(picture: readonly string[], walked: readonly (readonly [number, number])[]) {
  const cells = new Set(walked.map(([column, row]) => at(column, row)));
  return inPicture(exploreMaze(stageLevel({ picture, level: { walked: cells } }))?.cell ?? null);
}

describe("in a maze", () => {
  test("goes where a passage may lead on, the nearest first", () => {
    expect(target(["@....", "    .", "    ."], [[0, 0]])).toEqual([2, 0]);
    expect(target([".@...", "."], [[1, 0]])).toEqual([0, 1]);
  });

  test("passes by dead ends that show themselves as such", () => {
    const picture = ["...@......", "  .       ", "  .       "];
    // Seen from the crossing at column 2: the way west ends at column 0, which has been stood beside.
    expect(
      target(picture, [
        [1, 0],
        [2, 0],
        [3, 0],
      ]),
    ).toEqual([2, 2]);
  });

  test("leaves rock between passages alone", () => {
    expect(target(["@.", ".."], [[0, 0]])).toBeNull();
  });
});

describe("a maze is told", () => {
  test.each([
    ["by passages of one cell", ["@....", "    ."], "compass", true],
    ["from a room, which is wider", ["@..", "..."], "compass", false],
    ["from walls", ["|@.."], "compass", false],
    ["from corridors", ["@..#"], "compass", false],
    ["by what may be done there", ["@...."], "doors", false],
  ] as const)("%s", (_, picture, list, expected) => {
    expect(isMaze(stageLevel({ picture }, list))).toBe(expected);
  });
});
