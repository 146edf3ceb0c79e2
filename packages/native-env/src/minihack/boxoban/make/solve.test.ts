import { createRng } from "@metamem/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carveRoom } from "./carve.ts";
import { fromRows } from "./drawn-level.ts";
import { levelText } from "./generate.ts";
import { fewestPushes, isSolved, sceneOf, stepIn } from "./play-fixtures.ts";
import { reversePlay } from "./reverse-play.ts";
import { solutionOf } from "./solution.ts";
import { solve } from "./solve.ts";

/** Rooms of at most 4 x 5 cells in a corner of the board: small enough to try everything. */
function smallRows(inner: readonly string[]): string[] {
  const rows = Array.from({ length: 5 }, (_, y) => `#${inner.slice(4 * y, 4 * y + 4).join("")}#####`);
  return ["##########", ...rows, ...Array.from({ length: 4 }, () => "##########")];
}

const ground = fc
  .array(fc.nat(9), { minLength: 20, maxLength: 20 })
  .map((values) => values.map((value): string => (value < 1 ? "#" : " ")));

/** Most of them cannot be solved. */
const anyLevels = fc
  .tuple(fc.uniqueArray(fc.nat(19), { minLength: 9, maxLength: 9 }), ground)
  .map(([things, symbols]) => {
    const inner = [...symbols];
    for (const [at, cell] of things.entries()) inner[cell] = at < 4 ? "$" : at < 8 ? "." : "@";
    return smallRows(inner);
  });

/** Made by playing backwards. */
const madeLevels = fc
  .tuple(fc.integer(), ground)
  .map(([seed, symbols]) => reversePlay(fromRows(smallRows(symbols)).room, createRng(seed)))
  .filter((level) => level !== null)
  .map((level) => levelText(level, 0).split("\n").slice(1, 11));

/** Plays the solver's solution by the rules and returns its pushes. */
function playedPushes(rows: readonly string[]): number | null {
  const { room, goals, start } = fromRows(rows);
  const answer = solve(room, goals, start);
  if (answer.kind !== "solved") return null;
  let scene = sceneOf(rows);
  let pushes = 0;
  for (const action of solutionOf(room, start, answer.pushes).actions) {
    const result = stepIn(scene, action);
    if (result === null) throw new Error(`${action} is blocked`);
    scene = result.scene;
    if (result.pushed) pushes += 1;
  }
  expect(isSolved(scene)).toBe(true);
  return pushes;
}

describe("the solver", () => {
  test.each([
    ["any levels", anyLevels, 150],
    ["levels made by playing backwards", madeLevels, 25],
  ])("finds the fewest pushes, or that there are none, as trying everything does: %s", (_name, levels, numRuns) => {
    const agree = (rows: string[]): void => {
      expect(playedPushes(rows)).toBe(fewestPushes(rows));
    };
    fc.assert(fc.property(levels, agree), { numRuns, seed: 5 });
  });

  test("whatever is made by playing backwards can be solved", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(seed);
        const level = reversePlay(carveRoom(rng), rng);
        fc.pre(level !== null);
        expect(solve(level.room, level.goals, level.start).kind).toBe("solved");
      }),
      { numRuns: 200 },
    );
  });

  test("gives up where it is told to", () => {
    const rows = [
      "##########",
      "#@       #",
      "# $ $ $  #",
      "#        #",
      "#    $   #",
      "#        #",
      "#  .     #",
      "# .  .   #",
      "#  .     #",
      "##########",
    ];
    const { room, goals, start } = fromRows(rows);
    expect(solve(room, goals, start, 3).kind).toBe("given-up");
    expect(solve(room, goals, start).kind).toBe("solved");
  });
});
