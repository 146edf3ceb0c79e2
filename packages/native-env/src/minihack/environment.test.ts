/** The edge cases of spec minihack §6, on the benchmark's tasks and on small levels made for one question each. */

import { type Environment, type JsonObject, type TaskSpec, UsageError } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";
import type { NethackFeatures } from "../nethack/features.ts";
import { nethackView } from "../nethack/view.ts";
import { DesBuilder } from "./des-builder.ts";
import { MinihackEnvironment } from "./environment.ts";
import { LevelSource } from "./level-source.ts";
import { boxobanLevel } from "./levels/index.ts";
import { previewLevel } from "./preview.ts";
import { makeTask, minihackTasks } from "./tasks.ts";

const open: Environment[] = [];
afterEach(() => {
  for (const environment of open.splice(0)) environment.close();
});

function task(id: string, options: JsonObject = {}): TaskSpec {
  const found = minihackTasks.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no task ${id}`);
  return { ...found, options: { ...found.options, ...options } };
}

/** A task on a level of one's own. */
function own(text: string, actions: readonly string[], options: JsonObject = {}): TaskSpec {
  return makeTask({ id: "own", title: "own", actions, options: { level: { from: "des", text }, ...options } });
}

function begin(spec: TaskSpec, seed: number): MinihackEnvironment {
  const environment = new MinihackEnvironment(spec);
  open.push(environment);
  environment.reset({ seed });
  return environment;
}

function play(environment: Environment, ...actions: readonly string[]) {
  const results = actions.map((action) => environment.step(action) as ReturnType<MinihackEnvironment["step"]>);
  const last = results.at(-1);
  if (last === undefined) throw new Error("nothing was played");
  return { ...last, rewards: results.map(({ reward }) => reward), features: last.observation.features as Features };
}
type Features = NethackFeatures;

/** The level as text, one string per row. */
function rows(spec: TaskSpec, seed: number): string[] {
  const { cells, width, height } = previewLevel(spec, { seed });
  const glyphs = Array.from(cells, (cell) => nethackView.styles[cell]?.glyph ?? "?");
  return Array.from({ length: height }, (_, row) => glyphs.slice(row * width, (row + 1) * width).join(""));
}

/** Five cells in a row, the hero on the first, the stairs down on the last. */
function hall(change: (level: DesBuilder) => DesBuilder = (level) => level): string {
  const level = new DesBuilder({ map: ["-------", "|.....|", "-------"] }).start([1, 1]).stairsDown([5, 1]);
  return change(level).text();
}

const boxes = [
  "##########",
  "#        #",
  "#        #",
  "#  @$.   #",
  "#   $.   #",
  "#   $.   #",
  "#   $.   #",
  "#        #",
  "#        #",
  "##########",
];
const pushing = (options: JsonObject = {}) =>
  own(boxobanLevel(boxes), ["north", "east", "south", "west"], { goal: "boulders", ...options });

describe("the staircase", () => {
  test("standing on it wins: nobody has to go down", () => {
    const end = play(begin(own(hall(), ["east"], { character: "val-hum-neu-fem" }), 1), "east", "east", "east", "east");
    expect(end).toMatchObject({ rewards: [0, 0, 0, 1], terminated: true, truncated: false });
    expect(open[0]?.progress()).toMatchObject({
      progression: 1,
      endReason: "success",
      milestones: [{ reached: true }],
    });
  });

  test("on the last step allowed it is too late", () => {
    const short = own(hall(), ["east"], { character: "val-hum-neu-fem", maxSteps: 4 });
    const end = play(begin(short, 1), "east", "east", "east", "east");
    expect(end).toMatchObject({ rewards: [0, 0, 0, 0], terminated: false, truncated: true });
    expect(open[0]?.progress()).toMatchObject({ progression: 0, endReason: "step limit" });
  });

  test("the heroes who are fast may get there without a turn passing: 0.99, and no progression", () => {
    const run = (seed: number) => {
      const fast = begin(own(hall(), ["east"], { character: "sam-hum-law-fem" }), seed);
      return [play(fast, "east", "east", "east", "east").reward, fast.progress().progression];
    };
    const ends = Array.from({ length: 12 }, (_, seed) => run(seed));
    expect(ends).toContainEqual([0.99, 0]);
    expect(ends).toContainEqual([1, 1]);
  });

  test("after the end nothing but the screen of a quit game is seen", () => {
    const end = play(begin(own(hall(), ["east"]), 1), "east", "east", "east", "east");
    expect(end.features).toMatchObject({ over: true, hp: { now: 0, max: 0 }, gold: 0 });
    expect(() => open[0]?.step("east")).toThrow("is over");
  });
});

describe("steps", () => {
  test("without game time cost something, others nothing", () => {
    const game = begin(own(hall(), ["north", "search", "east"]), 1);
    expect(play(game, "north", "search").rewards).toEqual([-0.01, 0]);
  });

  test("pages are turned within them, whatever keys that takes", () => {
    const potions = hall((level) => level.object("!", "see invisible", [2, 1]).object("?", "light", [2, 1]));
    const game = begin(own(potions, ["east", "look"]), 1);
    // Several things on one place are a menu.
    const { features } = play(game, "east", "look");
    expect(features.prompt).toBe("none");
    expect(game.progress().details.environmentSteps).toBe(2);
  });

  test("death pays nothing", () => {
    const game = begin(task("Quest-Easy"), 0);
    const end = play(game, "east", "east", "east", "east");
    expect(end).toMatchObject({ rewards: [0, 0, 0, 0], terminated: true, truncated: false });
    expect(game.progress()).toMatchObject({ progression: 0, endReason: "death" });
  });
});

describe("questions", () => {
  const pantry = hall((level) => level.object("!", "water", [1, 1]));
  const actions = ["quaff", "eat", "kick", "pray", "north"];

  test("are declined but for those about directions, eating and praying", () => {
    const game = begin(own(pantry, actions, { autopickup: true }), 1);
    expect(play(game, "quaff").features).toMatchObject({ prompt: "none" });
    expect(play(game, "kick").features).toMatchObject({ prompt: "question", message: "In what direction?" });
    expect(play(game, "north").features.message).not.toContain("direction");
    expect(play(game, "pray").features.message).toContain("Are you sure you want to pray?");
  });

  test("all stay open in tasks that keep them", () => {
    const game = begin(
      own(pantry, actions, { autopickup: true, keepsQuestions: true, character: "val-hum-neu-fem" }),
      1,
    );
    expect(play(game, "quaff").features).toMatchObject({ prompt: "question" });
  });

  test("menus are gone before anybody can choose: two things on one place cannot be picked up", () => {
    const game = begin(task("Quest-Easy"), 1);
    const before = game.reset({ seed: 1 }).features as Features;
    const { features, reward } = play(game, "pickup");
    expect(reward).toBe(-0.01);
    expect(features).toMatchObject({ inventory: before.inventory, prompt: "none" });
  });

  test("autopickup takes everything, as the published release plays", () => {
    const game = begin(task("Quest-Easy", { autopickup: true }), 1);
    expect((game.reset({ seed: 1 }).features as Features).message).toMatch(/\b\w - .*(horn|wand)/);
  });
});

describe("boulders", () => {
  test("hero, four boulders and four fountains are seen from the start", () => {
    const { longTerm, features } = begin(pushing(), 3).reset({ seed: 3 });
    expect((features as Features).position).toEqual({ x: 34 + 3, y: 7 + 3 });
    const map = longTerm.slice(longTerm.indexOf("map:"), longTerm.indexOf("Agent the"));
    expect([map.split("`").length - 1, map.split("{").length - 1]).toEqual([4, 4]);
  });

  test("each step costs a little, on a fountain each pays, off it takes that back, all of them are 1", () => {
    const game = begin(pushing(), 3);
    expect(play(game, "north", "south").rewards).toEqual([-0.001, -0.001]);
    expect(play(game, "east").reward).toBe(-0.001 + 0.1);
    const back = ["north", "east", "east", "south"];
    expect(play(game, ...back, "west").rewards).toEqual([...back.map(() => -0.001), -0.001 - 0.1]);
  });

  test("all on their fountains", () => {
    const game = begin(pushing(), 3);
    const rounds = ["east", "west", "south"];
    const { rewards, terminated } = play(game, ...rounds, ...rounds, ...rounds, "east");
    expect(rewards.at(-1)).toBe(1);
    expect(terminated).toBe(true);
    expect(game.progress()).toMatchObject({ progression: 1, endReason: "success" });
  });

  test("at the limit nothing is paid", () => {
    const end = play(begin(pushing({ maxSteps: 1 }), 3), "east");
    expect(end).toMatchObject({ reward: 0, truncated: true });
  });

  test("which level was played is told", () => {
    const game = begin(task("Boxoban-Medium-own-levels"), 42);
    expect(game.progress().details).toMatchObject({ levels: "own levels, medium" });
    expect(game.progress().details.level).toMatch(/^own-medium.*#\d+$/);
  });
});

describe("worlds", () => {
  test("the level depends on the seed, not on who comes into it", () => {
    const empty = (id: string, character: string) =>
      rows(task(id, { character }), 5).map((row) => row.replaceAll("@", "."));
    for (const id of ["MazeWalk-15x15", "Corridor-R3", "Quest-Easy"])
      expect(empty(id, "wiz-elf-cha-mal")).toEqual(empty(id, "val-dwa-law-fem"));
  });

  test("knights come without their pony, unless a pet is allowed", () => {
    const ponies = (options: JsonObject) =>
      rows(task("CorridorBattle-Dark", options), 2).join("").split("u").length - 1;
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
    const spec = own(strange, ["quaff", "f", "look", "east", "west", "search", "versionshort"], {
      autopickup: true,
      keepsQuestions: true,
    });
    for (let seed = 0; seed < 8; seed++) {
      const game = begin(spec, seed);
      for (const letter of ["quaff", "f", "look", "versionshort", "east", "look", "west", "search"])
        if (game.progress().endReason === null) game.step(letter);
      expect(game.frame().cells).toHaveLength(24 * 80);
    }
  });

  test("a level is compiled once for all episodes, one of a collection for each", () => {
    const fixed = new LevelSource({ from: "des", text: hall() });
    expect(fixed.levelFor(1)).toBe(fixed.levelFor(2));
    const collection = new LevelSource({ from: "boxoban", difficulty: "hard", source: "own" });
    expect(collection.levelFor(1).facts).not.toEqual(collection.levelFor(2).facts);
  });
});

describe("refused:", () => {
  test("a level that does not compile, instead of a maze in its place", () => {
    expect(() => begin(own("MAZE: nonsense", ["east"]), 1)).toThrow(UsageError);
    expect(() => begin(own(hall().replace("STAIR", "STAIRS"), ["east"]), 1)).toThrow(/level:\d+: /);
  });

  test.each([{ goal: "treasure" }, { maxSteps: 0 }, { level: { from: "nowhere" } }, { penaltyStep: 1 }, { moon: 1 }])(
    "the option %j",
    (options) => {
      expect(() => begin(task("MazeWalk-9x9", options as JsonObject), 1)).toThrow(UsageError);
    },
  );

  test("an action that is none", () => {
    expect(() => begin({ ...task("MazeWalk-9x9"), actions: [{ name: "fly", description: "" }] }, 1)).toThrow("'fly'");
  });
});
