import { statSync } from "node:fs";
import { episodeResultSchema } from "@metamem/loops";
import { expect, test } from "vitest";
import { contentOf, resultContent, Workplace } from "./command-line.ts";

/** MiniHack by its own player, which is what a plain `metamem episode --env minihack` runs. */

const play = ["episode", "--env", "minihack", "--task", "Quest-Easy", "--seed", "43"];

test("a quest is won by default, killed and resumed too; the trace tells how", async () => {
  using place = new Workplace();
  const { exitCode, stdout } = await place.run([...play, "--quiet", "--json", "--out", "whole"]);
  expect(exitCode).toBe(0);
  const result = episodeResultSchema.parse(JSON.parse(stdout));
  expect(result).toMatchObject({ status: "finished", task: "Quest-Easy", progression: 1, rule_based: true });
  // After its end the game shows no turn.
  expect(result.turn).toBeGreaterThan(0);
  const told = await place.run(["trace", "whole"]);
  expect(told.stdout).toContain("played by a rule-based program, not by a language model");
  expect(told.stdout).toContain("progression 100.0 %");

  await place.killMidway(
    [...play, "--quiet", "--json"],
    "killed",
    statSync(place.in("whole", "events.jsonl")).size / 2,
  );
  expect(await place.run(["episode", "--resume", "killed", "--quiet"])).toMatchObject({ exitCode: 0 });
  expect(contentOf(place.in("killed"))).toEqual(contentOf(place.in("whole")));
  expect(resultContent(place.in("killed"))).toEqual(resultContent(place.in("whole")));
});

test("it is shown live in a terminal, map and status", async () => {
  using place = new Workplace();
  const { child, screen } = place.startInTerminal([...play, "--max-steps", "6", "--out", "live"], {
    cols: 110,
    rows: 40,
  });
  expect(await child.exited).toBe(0);
  expect(screen.shown).toContain("Quest-Easy");
  expect(screen.shown).toMatch(/HP/);
});
