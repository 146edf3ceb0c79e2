import { sha256 } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";
import { actionIndex, nethackActions } from "../actions.ts";
import { nethackNative } from "../build.ts";
import { NethackGame } from "../game.ts";
import { textNames } from "../raw-arrays.ts";
import { choices, vectorActions } from "./play.ts";
import { seenFromAfar } from "./texts.ts";

/** Oddities of the reference that agents meet, each where the specification lists it (nethack §5 and §7, balrog-text §11). */

const wanted = [...textNames, "message", "misc"] as const;
type Game = NethackGame<(typeof wanted)[number]>;

const open: Game[] = [];
afterEach(() => {
  for (const game of open.splice(0)) game.close();
});

function opened(options: Record<string, string | number | boolean> = {}): Game {
  const game = NethackGame.open(options, wanted);
  open.push(game);
  return game;
}

/** A game of the benchmark that has been played so far. */
function played(seed: number, actions: readonly string[], options = {}): Game {
  const game = opened(options);
  game.reset(seed, 0);
  for (const action of actions) game.step(actionIndex.get(action) ?? -1);
  return game;
}

/** Plays one action until the episode is over; the number of steps it took. */
function stepsToEnd(game: Game, action: string): number {
  for (let steps = 1; ; steps++) {
    game.step(actionIndex.get(action) ?? -1);
    if (game.terminated || game.truncated) return steps;
  }
}

/** A game without the benchmark around it, at its first decision. */
function bare(): Game {
  const game = opened();
  game.start(42, 0);
  while (game.raw.program_state[3] === 0) game.press(32);
  return game;
}

function message(game: Game): string {
  return Buffer.from(game.raw.message).toString("latin1").replace(/\0.*$/s, "");
}

/** The part of the long text under a heading. */
function part(game: Game, heading: string): string {
  return (
    game
      .longText()
      .split(`${heading}:\n`)[1]
      ?.split(/\n\n(?=[a-z ]+:\n)/)[0] ?? ""
  );
}

/** From the start of core seed 101 onto the stairs of its first level. */
const toStairs = (
  "north northeast northeast north north north west west west east west east east east east " +
  "north north north east east east north north north"
).split(" ");

describe("actions", () => {
  test("are the benchmark's 248 but for 00 to 99, which nothing can execute", () => {
    expect(nethackActions).toHaveLength(248 - 100);
    expect(nethackActions.filter(({ name }) => /^\d\d$/.test(name))).toEqual([]);
    expect(nethackActions.filter(({ name }) => name.length === 1)).toHaveLength(26 + 26 + 10);
  });

  test.each(["annotate", "overview", "teleport", "travel", "minus", "apos"])("%s is only in its prompt", (name) => {
    expect(actionIndex.has(name)).toBe(false);
  });
});

describe("names of glyphs", () => {
  const names = () => nethackNative().glyphNames();

  test("those seen from afar have the reference's hash", () => {
    const hash = "0ad1d512e61ba83bdd1f333af59f1d658f6c41d4d9e8d2a40a449e4c681ad442";
    expect(sha256(Buffer.from(seenFromAfar(names()).join("\n"), "latin1"))).toBe(hash);
  });

  test("only floors have none, and spelling is the reference's", () => {
    const unnamed = Array.from({ length: 87 }, (_, index) => index).filter((index) => names()[2359 + index] === "");
    expect(unnamed).toEqual([19, 20, 21, 22]);
    expect([0, 5, 8, 27, 65].map((index) => names()[2359 + index])).toEqual([
      ...["dark area", "southwest corner", "t up wall", "alter", "vertical beam"],
    ]);
  });
});

describe("the end", () => {
  test("150 keys without game time are allowed, the next one ends the episode", () => {
    const game = played(42, []);
    expect(stepsToEnd(game, "esc")).toBe(151);
    expect({ cut: game.truncated, died: game.terminated }).toEqual({ cut: true, died: false });
    expect(game.statistics().endReason).toBe("ABORTED: quit.");
  });

  test("game time starts the count anew", () => {
    const game = played(42, [...Array<string>(149).fill("esc"), "search"]);
    expect(stepsToEnd(game, "esc")).toBe(150);
  });

  test("the step limit shows the screen after quitting", () => {
    const game = played(42, [], { maxSteps: 5 });
    expect(stepsToEnd(game, "search")).toBe(5);
    expect({ cut: game.truncated, reward: game.reward }).toEqual({ cut: true, reward: 0 });
    expect(part(game, "message")).toMatch(/^\0\nNo {2}Points {5}Name .*\n0 {2}Agent-Bar-Hum-Fem-Neu quit in/);
  });

  test("death leaves an empty map, a score list behind a zero byte, and statistics of zero but for what was reached", () => {
    const game = played(0, []);
    for (const action of choices(0, vectorActions)) {
      if (game.terminated) break;
      game.step(actionIndex.get(action) ?? -1);
    }
    expect(game.reward).toBe(0);
    expect(part(game, "message")).toContain("\0\nYou made the top ten list!\nNo  Points     Name\n");
    expect(part(game, "language observation")).toBe("dark area adjacent east, southeast, and south");
    // Nothing has a name there; the blank before it stays.
    expect(part(game, "cursor")).toMatch(/^very far \w+ \n\(x=\d+, y=\d+\)$/);
    expect(game.raw.glyphs.every((glyph) => glyph === 2359)).toBe(true);
    expect(game.statistics()).toMatchObject({ depth: 0, time: 0, score: 0, experienceLevel: 0, depths: [1] });
  });

  test("a game that was quit says so, and the next one has forgotten", () => {
    const game = bare();
    game.press(0xf1);
    expect(message(game)).toContain("Really quit?");
    game.press("y".charCodeAt(0));
    while (!game.over) game.press(32);
    expect(game.howDone).toBe(13);
    game.start(42, 0);
    expect({ over: game.over, howDone: game.howDone }).toEqual({ over: false, howDone: -1 });
  });
});

describe("messages of several pages", () => {
  /** North is the letter k as well, and nobody here carries anything with it. */
  const dropNothing = ["drop", "north"];
  const says = "You don't have that object.\nWhat do you want to drop? [abcd or ?*]";

  test("are read on within a step: one text, several keys", () => {
    const game = played(42, dropNothing);
    expect(part(game, "message")).toBe(says);
    expect(game.statistics().environmentSteps).toBe(3);
  });

  test("each key counts for the step limit", () => {
    expect(played(42, dropNothing, { maxSteps: 4 }).truncated).toBe(false);
    expect(played(42, dropNothing, { maxSteps: 3 }).truncated).toBe(true);
  });

  test("are left to the agent where the task says so", () => {
    const game = played(42, dropNothing, { skipMore: false });
    expect(part(game, "message")).toBe("You don't have that object.--More--");
    expect(game.statistics().environmentSteps).toBe(2);
  });

  test("and where the edge of the screen cuts the mark in two", () => {
    const game = played(42, ["versionshort"]);
    expect(game.longText()).toMatch(/ 2024\.-\n-More-- /);
    expect([...game.raw.misc]).toEqual([0, 0, 1]);
    expect(game.statistics().environmentSteps).toBe(1);
  });
});

describe("keys", () => {
  test.each([
    ["S", "You get the feeling there's only one way to save yourself"],
    ["O", "The options are already set perfectly for you!"],
    ["V", "Noop"],
    ["\u0010", "Noop"],
  ])("%j does nothing but take a turn", (key, says) => {
    const game = bare();
    const [turn] = game.raw.blstats.subarray(20);
    game.press(key.charCodeAt(0));
    expect(message(game)).toContain(says);
    expect(game.raw.blstats[20]).toBe((turn ?? 0n) + 1n);
  });

  test.each([0, -1, 27])("%i leaves a menu", (key) => {
    const game = bare();
    game.press("i".charCodeAt(0));
    expect([...game.raw.misc]).toEqual([0, 0, 1]);
    game.press(key);
    expect([...game.raw.misc]).toEqual([0, 0, 0]);
  });

  test("a question is told, the prompt of # is not", () => {
    const game = bare();
    game.press(4);
    expect([...game.raw.misc]).toEqual([1, 0, 0]);
    game.press(27);
    game.press("#".charCodeAt(0));
    expect([...game.raw.misc]).toEqual([0, 0, 0]);
  });
});

describe("levels", () => {
  test("a new one depends on the seed alone, and so does play from there on", () => {
    const early = played(101, [...toStairs, "down"]);
    const late = played(101, [...toStairs, "search", "search", "search", "down"]);
    for (const action of ["search", "far west", "search", "far south", "search"]) {
      expect(part(late, "language observation")).toBe(part(early, "language observation"));
      expect(part(late, "map").replace(/ T:\d+ */, "")).toBe(part(early, "map").replace(/ T:\d+ */, ""));
      for (const game of [early, late]) game.step(actionIndex.get(action) ?? -1);
    }
    expect(late.raw.blstats[20]).toBe((early.raw.blstats[20] ?? 0n) + 3n);
  });
});

describe("progression", () => {
  test("begins with the first step, not with the reset", () => {
    const game = played(101, []);
    expect(game.statistics()).toMatchObject({ depths: [], experienceLevels: [], depth: 1, time: 0 });
    game.step(actionIndex.get("search") ?? -1);
    expect(game.statistics()).toMatchObject({ depths: [1], experienceLevels: [1], time: 2 });
  });

  test("is the best of depth and experience so far, and stays", () => {
    const game = played(101, [...toStairs, "down", "up"]);
    const reached = { progression: 0.015392269075361172, highestAchievement: "Dlvl:2", depths: [1, 2] };
    expect(game.statistics()).toMatchObject({ ...reached, depth: 1 });
    stepsToEnd(game, "esc");
    expect(game.statistics()).toMatchObject({ ...reached, depth: 0, endReason: "ABORTED: quit." });
  });
});
