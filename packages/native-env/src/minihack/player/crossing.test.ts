import { describe, expect, test } from "vitest";
import { at, type Staging } from "../../nethack/player/test-scene.ts";
import { decide } from "./decide.ts";
import { actionForKey, freezers } from "./freezers.ts";
import { stageLevel } from "./test-scene.ts";

function choice(staging: Staging) {
  const { action, goal, answers } = decide(stageLevel(staging, "everything"));
  return { action, goal, answers };
}

const bank = (middle: string) => ["---------", "|...}...|", "|...}...|", middle, "|...}...|", "|...}...|", "---------"];
const down = { down: new Set([at(6, 3)]) };

describe("the pile at the start", () => {
  test("is stepped off, to where a kick has a wall close behind", () => {
    expect(choice({ picture: bank("|.@.}.>.|"), level: down })).toMatchObject({
      action: "east",
      goal: "step off the pile",
    });
  });

  test("is split by a kick towards that wall", () => {
    const names = ["horn adjacent west"];
    expect(choice({ picture: bank("|.(@}.>.|"), names, level: down })).toMatchObject({
      action: "kick",
      answers: ["west"],
    });
  });

  test("is taken thing by thing after that", () => {
    const names = ["horn very near west", "tin wand adjacent west"];
    expect(choice({ picture: bank("|(/@}.>.|"), names, level: down })).toMatchObject({
      action: "west",
      goal: "take it",
    });
    const message = "You see here a tin wand.";
    const on = { picture: bank("|(@.}.>.|"), names: ["horn adjacent west"], message, level: down };
    expect(choice(on).action).toBe("pickup");
  });

  test("the second thing only when the first has a letter that cannot be given", () => {
    const staging = { picture: bank("|(@.}.>.|"), names: ["horn adjacent west"], level: down };
    expect(choice({ ...staging, inventory: ["f: a tin wand"] })).toMatchObject({ action: "west", goal: "take it" });
    expect(choice({ ...staging, inventory: ["e: a tin wand"] }).goal).toBe("reach the lava");
  });

  test("waits for foes", () => {
    const staging = {
      picture: bank("|.(@r.>.|"),
      names: ["horn adjacent west", "sewer rat adjacent east"],
      level: down,
    };
    expect(choice(staging).goal).toBe("fight the sewer rat");
  });
});

describe("lava", () => {
  const beside = { picture: bank("|..@}.>.|"), level: down };
  const plan = { action: "zap", answers: [], goal: "freeze the lava", cell: at(3, 3), since: 7 };
  const asked = (inventory: string, message: string) =>
    choice({
      ...beside,
      picture: bank("|..@}.>.|"),
      message,
      asked: true,
      inventory: [inventory],
      known: { plan, at: at(3, 3) },
    });

  test("is frozen from beside, with the command for the thing", () => {
    expect(choice({ ...beside, inventory: ["e: a tin wand"] }).action).toBe("zap");
    expect(choice({ ...beside, inventory: ["j: a horn"] }).action).toBe("apply");
  });

  test("questions are answered by the actions whose keys the answers are", () => {
    expect(asked("e: a tin wand", "What do you want to zap? [e or ?*]").action).toBe("eat");
    expect(asked("j: a horn", "What do you want to use or apply? [j or ?*]").action).toBe("south");
    expect(asked("j: a horn", "Improvise? [ynq] (q)").action).toBe("northwest");
    expect(asked("j: a horn", "In what direction?").action).toBe("east");
  });

  test("frozen, it is floor", () => {
    const { goal } = choice({
      picture: bank("|..@..>.|"),
      level: down,
    });
    expect(goal).toBe("reach the way down");
  });
});

test("keys that can be given, and things that freeze", () => {
  const scene = stageLevel(
    { picture: ["@"], inventory: ["a: a unicorn horn", "b: a wand of striking", "c: a horn"] },
    "everything",
  );
  expect(freezers(scene).map(({ letter }) => letter)).toEqual(["c"]);
  expect(["e", "y", "J", "f", "esc"].map((key) => actionForKey(scene, key))).toEqual([
    "eat",
    "northwest",
    "far south",
    null,
    null,
  ]);
});
