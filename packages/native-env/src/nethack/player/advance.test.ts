import { describe, expect, test } from "vitest";
import { advance } from "./advance.ts";
import { at, knownOf, type Staging, sightOf } from "./test-scene.ts";

function after(before: Staging, action: string, now: Staging) {
  return advance(knownOf(before, sightOf(before)), action, sightOf(now), 8);
}

const later = "Dlvl:2 $:0 HP:15(15) Pw:2(2) AC:7 Xp:1/0 T:210";

describe("what an action teaches", () => {
  test("cells that were passed", () => {
    const { level } = after({ picture: ["@....."] }, "far east", { picture: [".....@"], status: later });
    expect(level.walked).toEqual(new Set([0, 1, 2, 3, 4, 5].map((column) => at(column, 0))));
  });

  test("a step that failed, unless somebody or a door that is stuck was in the way", () => {
    expect(after({ picture: ["@ "] }, "east", { picture: ["@ "] }).level.blocked.get(at(1, 0))).toEqual(
      new Set([at(0, 0)]),
    );
    expect(after({ picture: ["@d"] }, "east", { picture: ["@d"] }).level.blocked.size).toBe(0);
    const door = ["|", "@+#", "|"].map((row) => (row === "|" ? " |" : row));
    expect(after({ picture: door }, "east", { picture: door, message: "The door resists!" }).level.blocked.size).toBe(
      0,
    );
  });

  test("locked doors, and the kicks they got", () => {
    const door = ["--", "@+#", "--"];
    const locked = after({ picture: door }, "east", { picture: door, message: "This door is locked." });
    expect(locked.level.locked).toEqual(new Map([[at(1, 1), 0]]));
    const plan = { action: "east", answers: [], goal: "kick the door", cell: at(1, 1), since: 7 };
    const kicked = { picture: door, known: { plan }, level: locked.level };
    expect(after(kicked, "east", { picture: door, message: "WHAMM!" }).level.locked.get(at(1, 1))).toBe(1);
  });

  test("turns of search add up", () => {
    const before = { picture: ["@"], level: { searched: new Map([[at(0, 0), 5]]) } };
    expect(after(before, "search", { picture: ["@"], status: later }).level.searched.get(at(0, 0))).toBe(15);
  });

  test("whom not to attack; until they strike", () => {
    const asked = after({ picture: ["@h"] }, "east", {
      picture: ["@h"],
      message: "Really attack the dwarf?",
      asked: true,
    });
    expect(asked.level.peaceful).toEqual(new Set(["dwarf"]));
    const struck = after({ picture: ["@h"], level: asked.level }, "esc", {
      picture: ["@h"],
      message: "The dwarf hits!",
    });
    expect(struck.level.peaceful.size).toBe(0);
  });

  test("prayers heard and unheard", () => {
    const prayed = (message: string) => after({ picture: ["@"] }, "y", { picture: ["@"], message });
    expect(prayed("You begin praying to Tyr.  You feel much better.")).toMatchObject({ prayed: 200, unheard: false });
    expect(prayed("You begin praying to Tyr.  You feel that Tyr is displeased.")).toMatchObject({ unheard: true });
  });
});

describe("stairs", () => {
  test("are remembered while the hero stands on them", () => {
    const { level } = after({ picture: ["@>"], level: { down: new Set([at(1, 0)]) } }, "east", {
      picture: [".@"],
      status: later,
    });
    expect(level.down).toEqual(new Set([at(1, 0)]));
  });

  test("lead to a level of its own; what the last one was like is kept", () => {
    const before: Staging = {
      picture: ["<..@"],
      level: { down: new Set([at(3, 0)]), arrival: at(0, 0), walked: new Set([at(1, 0)]), locked: new Map([[3, 1]]) },
    };
    const now = after(before, "down", { picture: ["@"], status: later.replace("Dlvl:2", "Dlvl:3") });
    expect(now).toMatchObject({ depth: 3, plan: null, level: { arrival: at(0, 0), up: new Set([at(0, 0)]) } });
    expect(now.level.locked.size).toBe(0);
    expect(now.left.get(2)).toContain("stairs down 13,5");
    expect(now.layouts.get(at(0, 0))).toMatchObject({ down: new Set([at(3, 0)]), ground: new Set([at(1, 0)]) });
  });
});

test("a page tells who the hero is and where, and changes nothing else", () => {
  const page =
    "You are a Stripling, a level 1 female dwarven Valkyrie.\nYou are in the Gnomish Mines, on level 3.\n(1 of 2)";
  const now = after({ picture: ["@>"], level: { branch: "" } }, "attributes", { picture: ["text"], message: page });
  expect(now).toMatchObject({ self: "female dwarven Valkyrie", turn: 200, depth: 2, at: at(0, 0) });
  expect(now.level.branch).toBe("Gnomish Mines");
});
