import type { Observation } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { nethackEffect } from "./effect.ts";
import type { Neighbour, NethackFeatures } from "./features.ts";

const floor = { name: "room floor", kind: "floor" } as const;
const around: NethackFeatures["around"] = {
  north: floor,
  northeast: floor,
  east: floor,
  southeast: floor,
  south: floor,
  southwest: floor,
  west: floor,
  northwest: floor,
};

const start: NethackFeatures = {
  position: { x: 10, y: 5 },
  level: { depth: 1, dungeon: 0, number: 1 },
  hp: { now: 12, max: 14 },
  energy: { now: 5, max: 5 },
  armorClass: 7,
  experience: { level: 1, points: 3 },
  gold: 0,
  score: 0,
  hunger: "not hungry",
  burden: "unencumbered",
  conditions: [],
  message: "",
  prompt: "none",
  inventory: "abc",
  around,
  over: false,
};

type Changes = Partial<NethackFeatures>;

function seen(changes: Changes, turn: number): Observation {
  return { longTerm: "", shortTerm: "", features: { ...start, ...changes }, turn };
}

function effect(before: Changes, action: string, after: Changes, turns = 1) {
  return nethackEffect(seen(before, 7), action, seen(after, 7 + turns));
}

function beside(place: Neighbour, name: string, kind: "wall" | "creature" | "door" | "doorway"): Changes {
  return { around: { ...around, [place]: { name, kind } } };
}

describe("moving", () => {
  test("a step", () => {
    expect(effect({}, "east", { position: { x: 11, y: 5 } })).toEqual({
      changed: true,
      intended: true,
      flags: ["moved"],
      summary: "moved 1 east",
    });
  });

  test("a run, around a corner", () => {
    const { summary } = effect({}, "far north", { position: { x: 8, y: 1 } }, 6);
    expect(summary).toBe("moved 4 north and 2 west");
  });

  test("into a wall takes no time and changes nothing", () => {
    const wall = beside("north", "horizontal wall", "wall");
    expect(effect(wall, "north", { ...wall, message: "It's a wall." }, 0)).toEqual({
      changed: false,
      intended: true,
      flags: ["blocked", "refusal", "no-time"],
      summary: "did not move (horizontal wall there); message: It's a wall.; no game time passed",
    });
  });

  test("down the stairs is a change of level, not of place", () => {
    const after = { level: { depth: 2, dungeon: 0, number: 2 }, position: { x: 40, y: 3 } };
    expect(effect({}, "down", after)).toMatchObject({ changed: true, flags: ["level"] });
  });

  test("a direction given to a question is no move", () => {
    const asked = { prompt: "question", message: "In what direction?" } as const;
    const result = effect(asked, "north", { message: "This door is locked." });
    expect(result.flags).toEqual(["answered", "refusal"]);
    expect(result.intended).toBe(true);
  });
});

describe("fighting", () => {
  const newt = beside("east", "newt", "creature");

  test("a blow that misses is a deed, each time", () => {
    const missed = { ...newt, message: "You miss the newt." };
    expect(effect(missed, "east", missed)).toMatchObject({ changed: true, flags: ["outcome"] });
  });

  test("creatures that come and go are no change", () => {
    expect(effect({}, "search", newt)).toMatchObject({ changed: false, intended: false, flags: [] });
    expect(effect(newt, "search", {}).changed).toBe(false);
  });

  test("losing health is a change, healing with time is none", () => {
    expect(effect({}, "search", { hp: { now: 9, max: 14 } })).toMatchObject({
      changed: true,
      flags: ["health-lost"],
      summary: "HP 12 -> 9",
    });
    expect(effect({}, "search", { hp: { now: 13, max: 14 } }).changed).toBe(false);
  });

  test("experience", () => {
    const after = { experience: { level: 2, points: 20 }, message: "You kill the newt!" };
    expect(effect({}, "east", after).flags).toEqual(["experience-level", "outcome"]);
  });
});

describe("things and doors", () => {
  test("what is new in the pack, what is gone, and gold", () => {
    const result = effect({}, "pickup", { inventory: "$acd", gold: 12 });
    expect(result.flags).toEqual(["gold", "inventory-gained", "inventory-lost"]);
    expect(result.summary).toBe("gold 0 -> 12; new in the inventory: d; gone from the inventory: b");
  });

  test("a door next to the hero that opens", () => {
    const before = beside("west", "vertical closed door", "door");
    const after = beside("west", "vertical open door", "door");
    expect(effect(before, "west", after).summary).toContain("west: vertical closed door -> vertical open door");
  });

  test("a locked door tried again", () => {
    const locked = { message: "This door is locked." };
    expect(effect(locked, "open", locked)).toMatchObject({ changed: false, intended: true });
  });

  test("the same news twice is no news", () => {
    const seenHere = { message: "You see here a rock." };
    expect(effect({}, "pray", seenHere).changed).toBe(true);
    expect(effect(seenHere, "pray", seenHere).changed).toBe(false);
  });
});

describe("questions and pages", () => {
  test("being asked is a change", () => {
    const asked = { prompt: "question", message: "In what direction?" } as const;
    const result = effect({}, "kick", asked, 0);
    expect(result).toMatchObject({ changed: true, flags: ["asked", "news", "no-time"] });
    expect(effect(asked, "q", asked, 0)).toMatchObject({ changed: false, intended: true });
  });

  test("leaving a page is a change", () => {
    const page = { prompt: "page", message: "Weapons\na - an axe\n(end)" } as const;
    expect(effect(page, "esc", {}, 0)).toMatchObject({ changed: true, flags: ["answered", "no-time"] });
  });

  test("a prefix waits for its direction in silence", () => {
    const result = effect({}, "fight", {}, 0);
    expect(result).toMatchObject({ changed: false, intended: false, flags: ["no-time"] });
  });
});

describe("the body", () => {
  test("hunger grows by itself; food is a deed", () => {
    expect(effect({}, "search", { hunger: "hungry" })).toMatchObject({ changed: false, flags: ["hungrier"] });
    expect(effect({ hunger: "weak" }, "d", {})).toMatchObject({ changed: true, flags: ["fed"] });
  });

  test("ailments that come and go", () => {
    const { summary, flags } = effect({ conditions: ["blind"] }, "wait", { conditions: ["confused"] });
    expect(flags).toEqual(["condition", "condition-over"]);
    expect(summary).toBe("now confused; no longer blind");
  });

  test("after the end there is nothing to compare", () => {
    expect(effect({}, "north", { over: true, hp: { now: 0, max: 0 } })).toEqual({
      changed: true,
      intended: true,
      flags: ["over"],
      summary: "the game is over",
    });
  });
});
