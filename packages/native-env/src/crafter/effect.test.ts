import type { Observation } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { crafterEffect } from "./effect.ts";
import type { CrafterFeatures } from "./features.ts";

const start: CrafterFeatures = {
  position: { x: 0, y: 0 },
  facing: { x: 0, y: 1, sees: "grass" },
  vitals: { health: 9, food: 5, drink: 5, energy: 5 },
  inventory: { wood: 2 },
  sleeping: false,
  dead: false,
  daylight: 1,
  view: [],
};

function seen(changes: Partial<CrafterFeatures> = {}): Observation {
  return { longTerm: "", shortTerm: "", features: { ...start, ...changes }, turn: 0 };
}

function effect(before: Partial<CrafterFeatures>, action: string, after: Partial<CrafterFeatures>) {
  return crafterEffect(seen(before), action, seen(after));
}

const west = { x: -1, y: 0 };
const facing = (sees: string): Partial<CrafterFeatures> => ({ facing: { x: 0, y: 1, sees } });

describe("moving", () => {
  test("a step", () => {
    const after = { position: { x: -1, y: 0 }, facing: { ...west, sees: "grass" } };
    expect(effect({}, "Move West", after)).toEqual({
      changed: true,
      intended: true,
      flags: ["moved"],
      summary: "moved one step west",
    });
  });

  test("a turn without a step is a change", () => {
    const result = effect({}, "Move West", { facing: { ...west, sees: "tree" } });
    expect(result).toMatchObject({ changed: true, flags: ["turned"] });
    expect(result.summary).toBe("turned west, did not move: tree is there");
  });

  test("walking against something one already faces is none", () => {
    const wall = { facing: { ...west, sees: "water" } };
    const result = effect(wall, "Move West", wall);
    expect(result).toEqual({
      changed: false,
      intended: true,
      flags: ["blocked"],
      summary: "did not move: water is in the way",
    });
  });
});

describe("Do", () => {
  test("gathering", () => {
    const result = effect(facing("tree"), "Do", { ...facing("grass"), inventory: { wood: 3 } });
    expect(result).toMatchObject({ changed: true, flags: ["front", "inventory:wood"] });
    expect(result.summary).toBe("in front: tree -> grass; wood 2 -> 3");
  });

  test("drinking counts, a drink of water when full does not", () => {
    const vitals = { ...start.vitals, drink: 6 };
    expect(effect(facing("water"), "Do", { ...facing("water"), vitals })).toMatchObject({
      changed: true,
      flags: ["drink-gained"],
    });
    expect(effect(facing("water"), "Do", facing("water"))).toMatchObject({ changed: false, intended: true });
  });

  test("a blow shows nothing but is one", () => {
    expect(effect(facing("cow"), "Do", facing("cow"))).toMatchObject({ changed: true, flags: ["struck"] });
  });

  test("bare grass mostly gives nothing", () => {
    expect(effect({}, "Do", {})).toMatchObject({ changed: false, intended: true, flags: [] });
  });
});

describe("what is no effect", () => {
  test("creatures and arrows that come and go", () => {
    for (const sees of ["cow", "zombie", "skeleton", "arrow"]) {
      expect(effect({}, "Do", facing(sees)).changed, sees).toBe(false);
      expect(effect(facing(sees), "Noop", {}).changed, sees).toBe(false);
    }
  });

  test("hunger, thirst, tiredness and healing by time", () => {
    const vitals = { health: 9, food: 4, drink: 4, energy: 4 };
    const before = { vitals: { ...start.vitals, health: 8 } };
    const result = effect(before, "Place Stone", { vitals });
    expect(result).toMatchObject({ changed: false, intended: true });
    expect(result.flags).toEqual(["health-gained", "food-lost", "drink-lost", "energy-lost"]);
  });

  test("waiting and sleeping are not meant to change anything", () => {
    expect(effect({}, "Noop", {})).toMatchObject({ changed: false, intended: false });
    expect(effect({}, "Sleep", {})).toMatchObject({ changed: false, intended: false });
    expect(effect({ sleeping: true }, "Move West", { sleeping: true })).toMatchObject({
      changed: false,
      intended: false,
      flags: ["asleep"],
    });
  });
});

describe("what happens to the player", () => {
  test("losing health", () => {
    const vitals = { ...start.vitals, health: 7 };
    expect(effect({}, "Noop", { vitals })).toMatchObject({
      changed: true,
      flags: ["health-lost"],
      summary: "health 9 -> 7",
    });
  });

  test("falling asleep, waking, dying", () => {
    expect(effect({}, "Sleep", { sleeping: true })).toMatchObject({ changed: true, flags: ["fell-asleep"] });
    expect(effect({ sleeping: true }, "Noop", {})).toMatchObject({ changed: true, flags: ["woke"] });
    expect(effect({}, "Noop", { dead: true })).toMatchObject({ changed: true, flags: ["died"] });
  });
});
