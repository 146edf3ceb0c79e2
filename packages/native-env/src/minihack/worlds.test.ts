/** What an episode's world is made of: the edge cases of spec minihack §6 that are not about steps. */

import type { JsonObject } from "@metamem/core";
import { afterEach, expect, test } from "vitest";
import { begin, closeAll, hall, own, play, rows, task } from "./fixtures.ts";
import { LevelSource } from "./level-source.ts";

afterEach(closeAll);

test("the level depends on the seed, not on who comes into it", () => {
  const empty = (id: string, character: string) =>
    rows(task(id, { character }), 5).map((row) => row.replaceAll("@", "."));
  for (const id of ["MazeWalk-15x15", "Corridor-R3", "Quest-Easy"])
    expect(empty(id, "wiz-elf-cha-mal")).toEqual(empty(id, "val-dwa-law-fem"));
});

test("knights come without their pony, unless a pet is allowed", () => {
  const ponies = (options: JsonObject) => rows(task("CorridorBattle-Dark", options), 2).join("").split("u").length - 1;
  expect([ponies({}), ponies({ pet: true })]).toEqual([0, 1]);
});

test("nobody else comes, unless that is allowed", () => {
  const strangers = (seed: number, options: JsonObject) => {
    const spec = own(hall(), ["search"], { maxSteps: 150, character: "val-hum-neu-fem", ...options });
    const game = begin(spec, seed);
    for (let step = 1; step < 150; step++) {
      const { features, terminated } = play(game, "search");
      if (terminated || Object.values(features.around).some(({ kind }) => kind === "creature")) return true;
    }
    return false;
  };
  const seeds = [1, 2, 3, 4, 5, 6];
  expect(seeds.filter((seed) => strangers(seed, {}))).toEqual([]);
  expect(seeds.filter((seed) => strangers(seed, { spawnMonsters: true }))).not.toEqual([]);
});

test("files that other games read are missing, which nothing minds", () => {
  const strange = hall((level) =>
    level.object("!", "hallucination", [1, 1]).line("GRAVE:(2,1),random").randomMonster(),
  );
  const options = { autopickup: true, keepsQuestions: true, character: "val-hum-neu-fem" };
  // A Valkyrie carries four things: the potion is `e`.
  const spec = own(strange, ["quaff", "e", "look", "east", "west", "search", "versionshort"], options);
  let hallucinating = 0;
  for (let seed = 0; seed < 8; seed++) {
    const game = begin(spec, seed);
    hallucinating += Number(play(game, "quaff", "e").features.conditions.includes("hallucinating"));
    for (const action of ["look", "versionshort", "east", "look", "west", "search", "east", "look"])
      if (game.progress().endReason === null) game.step(action);
    expect(game.frame().cells).toHaveLength(24 * 80);
  }
  // A creature may be in the way of drinking.
  expect(hallucinating).toBeGreaterThan(4);
});

test("a level is compiled once for all episodes, one of a collection for each", () => {
  const fixed = new LevelSource({ from: "des", text: hall() });
  expect(fixed.levelFor(1)).toBe(fixed.levelFor(2));
  const collection = new LevelSource({ from: "boxoban", difficulty: "hard", source: "own" });
  expect(collection.levelFor(1).facts).not.toEqual(collection.levelFor(2).facts);
});
