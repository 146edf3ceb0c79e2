import { expect, test } from "vitest";
import { concernsNethack } from "./nethack-build.ts";

test.each([
  ["episode --env nethack", true],
  ["rollout --env crafter,minihack", true],
  ["episode --task Quest-Easy", true],
  ["episode --task=challenge", true],
  ["rollout --task default,MazeWalk-9x9", true],
  ["episode --task Boxoban-Hard-own-levels", true],
  ["episode --task ./my.des", true],
  ["level preview my.des", true],
  ["episode", false],
  ["episode --env crafter --task default", false],
  ["episode --out runs/challenge --seed 7", false],
  ["trace runs/Quest-Easy", false],
])("%s: %s", (line, expected) => {
  expect(concernsNethack(line.split(" "))).toBe(expected);
});
