/** The edge cases of spec minihack §6 that are about steps, on the benchmark's tasks and on small levels made for one question each. */

import { type JsonObject, UsageError } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";
import { begin, closeAll, type Features, hall, own, play, rows, task } from "./fixtures.ts";
import { boxobanLevel } from "./levels/index.ts";

afterEach(closeAll);

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
    const game = begin(own(hall(), ["east"], { character: "val-hum-neu-fem" }), 1);
    const end = play(game, "east", "east", "east", "east");
    expect(end).toMatchObject({ rewards: [0, 0, 0, 1], terminated: true, truncated: false });
    expect(game.progress()).toMatchObject({ progression: 1, endReason: "success", milestones: [{ reached: true }] });
  });

  test("on the last step allowed it is too late", () => {
    const game = begin(own(hall(), ["east"], { character: "val-hum-neu-fem", maxSteps: 4 }), 1);
    const end = play(game, "east", "east", "east", "east");
    expect(end).toMatchObject({ rewards: [0, 0, 0, 0], terminated: false, truncated: true });
    expect(game.progress()).toMatchObject({ progression: 0, endReason: "step limit" });
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
    const game = begin(own(hall(), ["east"]), 1);
    const end = play(game, "east", "east", "east", "east");
    expect(end.features).toMatchObject({ over: true, hp: { now: 0, max: 0 }, gold: 0 });
    expect(() => game.step("east")).toThrow("is over");
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

describe("a level on which nobody can play is told as such, and never won:", () => {
  test.each([
    ["no room for the hero", own(`MAZE: "mylevel", ' '\n`, ["east"]), "no place where the hero can begin"],
    ["no fountain for the boulders", own(hall(), ["east"], { goal: "boulders" }), "no fountain"],
    [
      "no fountain that is seen in the beginning",
      own(
        hall((level) => level.fountain([4, 1]).monster("r", "sewer rat", [4, 1])),
        ["east"],
        { goal: "boulders" },
      ),
      "no fountain",
    ],
  ])("%s", (_, spec, message) => {
    expect(() => begin(spec, 1)).toThrow(UsageError);
    expect(() => begin(spec, 1)).toThrow(message);
    expect(() => rows(spec, 1)).toThrow(message);
  });
});
