import { expect, test } from "vitest";
import { nethackInstruction } from "./instruction.ts";
import { challengeTask } from "./tasks.ts";

test("what a player is told follows the task's options", () => {
  const told = nethackInstruction(challengeTask);
  expect(told.goal).toContain("\nIf no game time passes for 150 actions in a row the episode is over.");
  expect(told.observationGuide).toContain("how far (adjacent is 1 step, very near 2,");
  const options = { ...challengeTask.options, noProgressTimeout: 30, stepWords: true };
  const other = nethackInstruction({ ...challengeTask, options });
  expect(other.goal).toContain("passes for 30 actions");
  expect(other.observationGuide).not.toContain("adjacent");
});
