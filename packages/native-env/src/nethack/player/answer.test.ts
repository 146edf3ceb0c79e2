import { describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import { at, type Staging, stage } from "./test-scene.ts";

function said(message: string, more: Partial<Staging> = {}) {
  const { action, answers } = decide(stage({ picture: ["-+-", " @ "], asked: true, message, ...more }));
  return [action, ...answers];
}

const plan = (action: string, ...answers: string[]) => ({
  known: { plan: { action, answers, goal: "do it", cell: at(1, 0), since: 7 }, at: at(1, 1) },
});

describe("questions", () => {
  test("are answered as planned", () => {
    expect(said("In what direction?", plan("kick", "north"))).toEqual(["north"]);
    expect(said("What do you want to use or apply? [ce or ?*]", plan("apply", "c", "down"))).toEqual(["c", "down"]);
    expect(said("There is a newt corpse here; eat it? [ynq] (n)", plan("eat", "d"))).toEqual(["n", "d"]);
  });

  test("without a plan by what they ask", () => {
    const known = { at: at(1, 1) };
    expect(said("Are you sure you want to pray? [yn] (n)", { known })).toEqual(["y"]);
    expect(said("In what direction?", { known })).toEqual(["north"]);
    expect(said("Who are you?", { known })).toEqual(["esc"]);
  });

  test("no attack on the peaceful", () => {
    expect(said("Really attack the gnome?", plan("north"))).toEqual(["esc"]);
  });
});

test("a number that was begun is finished", () => {
  const counting = stage({ picture: ["@"], ...plan("2", "0", "search") });
  expect(decide(counting)).toMatchObject({ action: "0", answers: ["search"] });
});

describe("pages", () => {
  test("are closed, unless a choice was planned", () => {
    const spells = "Choose which spell to cast\na - force bolt 1 attack\n(end)";
    expect(said("Weapons\na - a dagger\n(end)")).toEqual(["esc"]);
    expect(said(spells, plan("cast", "a", "north"))).toEqual(["a", "north"]);
  });
});

test("time passes after too many actions that took none", () => {
  expect(decide(stage({ picture: ["@."], known: { idle: 9 } })).action).toBe("search");
});
