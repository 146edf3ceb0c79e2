import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Difficulty, difficulties } from "../level.ts";
import { openLevelSet } from "../level-set.ts";
import { ownCount, ownPath } from "../own-levels.ts";
import { fromRows } from "./drawn-level.ts";
import { levelText, makeLevel } from "./generate.ts";
import { isSolved, sceneOf, stepIn } from "./play-fixtures.ts";
import { solutionOf } from "./solution.ts";
import { solve } from "./solve.ts";

/** Made anew in every run of the tests; making all takes minutes. */
const samples: Readonly<Record<Difficulty, readonly number[]>> = {
  medium: [0, 1, 2, 500, 998, 999],
  hard: [0, 500, 999],
};

/** How many are solved in every run: all, or one of so many. */
const everySolved: Readonly<Record<Difficulty, number>> = { medium: 1, hard: 5 };

describe.each(difficulties)("own levels, %s", (difficulty) => {
  const set = openLevelSet({ difficulty, source: "own" });
  const levels = Array.from({ length: ownCount }, (_, index) => set.level(index));

  test("are what the generator makes", () => {
    const text = readFileSync(ownPath(difficulty), "utf8").split(/(?=; )/);
    for (const index of samples[difficulty])
      expect(text[index]).toBe(levelText(makeLevel(difficulty, index).level, index));
  });

  test("are all different, with a wall all around", () => {
    expect(new Set(levels.map(({ rows }) => rows.join())).size).toBe(ownCount);
    expect(levels.every(({ rows }) => /^#{10},(#.{8}#,){8}#{10}$/.test(rows.join()))).toBe(true);
  });

  test("can be solved within the tasks' hundred actions", () => {
    for (const { id, rows } of levels.filter((_, index) => index % everySolved[difficulty] === 0)) {
      const { room, goals, start } = fromRows(rows);
      const answer = solve(room, goals, start, 20_000);
      if (answer.kind !== "solved") throw new Error(`${id} is ${answer.kind}`);
      const { actions } = solutionOf(room, start, answer.pushes);
      let scene = sceneOf(rows);
      for (const action of actions) scene = stepIn(scene, action)?.scene ?? scene;
      expect(isSolved(scene), id).toBe(true);
      expect(actions.length).toBeLessThan(100);
    }
  });
});

test("hard levels need more than those between", () => {
  const middle = (difficulty: Difficulty) => {
    const set = openLevelSet({ difficulty, source: "own" });
    const pushes = Array.from({ length: 41 }, (_, index) => {
      const { room, goals, start } = fromRows(set.level(index).rows);
      const answer = solve(room, goals, start);
      return answer.kind === "solved" ? answer.pushes.length : 0;
    });
    return pushes.sort((a, b) => a - b)[20] as number;
  };
  expect(middle("hard")).toBeGreaterThan(middle("medium"));
});
