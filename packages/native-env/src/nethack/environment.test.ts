import { type Environment, EnvironmentError, UsageError } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";
import { NethackEnvironment } from "./environment.ts";
import { featureSchema, type NethackFeatures } from "./features.ts";
import { challengeTask } from "./tasks.ts";
import { nethackView } from "./view.ts";

const open: NethackEnvironment[] = [];
afterEach(() => {
  for (const environment of open.splice(0)) environment.close();
});

function environment(options: Record<string, string | number | boolean> = {}): NethackEnvironment {
  const opened = new NethackEnvironment({ ...challengeTask, options: { ...challengeTask.options, ...options } });
  open.push(opened);
  return opened;
}

function features(observation: { features: unknown }): NethackFeatures {
  return observation.features as NethackFeatures;
}

/** The screen as text, one string per row. */
function screen(game: Environment): string[] {
  const { cells, width } = game.frame();
  const glyphs = Array.from(cells, (cell) => nethackView.styles[cell]?.glyph ?? "?");
  return Array.from({ length: 24 }, (_, row) => glyphs.slice(row * width, (row + 1) * width).join(""));
}

describe("an episode", () => {
  test("begins with both texts and the features of what they say", () => {
    const first = environment().reset({ seed: 42 });
    expect(first.longTerm).toMatch(/^message:\nHello Agent, welcome to NetHack! .*\n\nlanguage observation:\n/);
    expect(first.shortTerm).toMatch(/^inventory:\na: a \+0 two-handed sword/);
    expect(first.turn).toBe(1);
    expect(featureSchema.parse(first.features)).toEqual(first.features);
    expect(features(first)).toMatchObject({
      position: { x: 47, y: 17 },
      level: { depth: 1, dungeon: 0, number: 1 },
      hp: { now: 16, max: 16 },
      hunger: "not hungry",
      prompt: "none",
      inventory: "abcd",
      message: "Hello Agent, welcome to NetHack!  You are a neutral female human Barbarian.",
      around: { northwest: { name: "tame little dog", kind: "pet" }, west: { name: "room floor", kind: "floor" } },
    });
  });

  test("features stay what they were when the game goes on, whenever they are looked at", () => {
    const game = environment();
    const first = game.reset({ seed: 42 });
    const { observation } = game.step("far west");
    expect(features(first).position).toEqual({ x: 47, y: 17 });
    expect(features(observation).position.x).toBeLessThan(47);
  });

  test("questions and pages are told", () => {
    const game = environment();
    game.reset({ seed: 42 });
    const asked = game.step("kick").observation;
    expect(features(asked)).toMatchObject({ prompt: "question", message: "In what direction?" });
    game.step("esc");
    expect(features(game.step("inventory").observation).prompt).toBe("page");
    expect(features(game.step("esc").observation).prompt).toBe("none");
  });

  test("is the same again after another reset, and another with another seed", () => {
    const game = environment();
    const play = (seed: number) => {
      const texts = [game.reset({ seed }).longTerm];
      for (const action of ["far west", "far north", "search", "far east"])
        texts.push(game.step(action).observation.longTerm);
      return texts;
    };
    const first = play(3);
    expect(play(4)).not.toEqual(first);
    expect(play(3)).toEqual(first);
  });

  test("shows the terminal's screen", () => {
    const game = environment();
    game.reset({ seed: 42 });
    const rows = screen(game);
    expect(rows[0]).toMatch(/^Hello Agent/);
    expect(rows[18]?.[47]).toBe("@");
    expect(rows[23]).toMatch(/^Dlvl:1 \$:0 HP:16\(16\) /);
    expect(game.frame().gauges[0]).toEqual({ label: "HP", value: 16, max: 16 });
  });

  test("ends when no game time passes for too long, with a reason", () => {
    const game = environment({ noProgressTimeout: 5 });
    game.reset({ seed: 42 });
    const ends = Array.from({ length: 6 }, () => game.step("esc")).map(({ truncated }) => truncated);
    expect(ends).toEqual([false, false, false, false, false, true]);
    expect(game.progress().endReason).toMatch(/^ABORTED: quit/);
    expect(() => game.step("esc")).toThrow(EnvironmentError);
    expect(features(game.reset({ seed: 42 })).over).toBe(false);
  });
});

describe("what fixes a world", () => {
  test("the clock: the moon changes the first message", () => {
    const game = environment();
    const plain = game.reset({ seed: 1 });
    const fullMoon = game.reset({ seed: 1, extra: { clock: 1701086400 } });
    expect(fullMoon.longTerm).toContain("Full moon");
    expect(game.reset({ seed: 1 }).longTerm).toBe(plain.longTerm);
  });

  test.each([{ seed: -1 }, { seed: 0.5 }, { seed: 1, extra: { moon: 1 } }, { seed: 1, extra: { clock: -1 } }])(
    "%j is refused",
    (world) => {
      expect(() => environment().reset(world)).toThrow(UsageError);
    },
  );

  test.each([{ character: "" }, { character: "a,b" }, { clock: 0.5 }, { maxSteps: 0 }, { layout: "square" }])(
    "the option %j is refused",
    (options) => {
      expect(() => environment(options)).toThrow(UsageError);
    },
  );
});

describe("options", () => {
  test("the role asked for", () => {
    expect(environment({ character: "val-hum-neu-fem" }).reset({ seed: 1 }).longTerm).toContain("Valkyrie");
  });

  test("the published words and the layout with statistics", () => {
    const words = environment({ stepWords: true }).reset({ seed: 42 });
    expect(words.longTerm).toContain("1 step away (directly reachable)");
    const statistics = environment({ layout: "statistics" }).reset({ seed: 42 });
    expect(statistics.shortTerm).toMatch(/^statistics:\nStrength: 21\/19\n/);
    expect(statistics.longTerm).not.toContain("map:");
  });

  test("without texts features remain", () => {
    const first = environment({ text: false }).reset({ seed: 42 });
    expect([first.longTerm, first.shortTerm]).toEqual(["", ""]);
    expect(features(first).hp.now).toBe(16);
  });
});

describe("progress", () => {
  test("is nothing at first, in the benchmark's own record", () => {
    const game = environment();
    game.reset({ seed: 42 });
    game.step("search");
    const { progression, milestones, endReason, details } = game.progress();
    expect({ progression, endReason }).toEqual({ progression: 0, endReason: null });
    expect(milestones.filter(({ reached }) => reached)).toEqual([]);
    expect(details).toMatchObject({ depth: 1, depths: [1], experienceLevels: [1], highestAchievement: null });
  });
});

describe("misuse", () => {
  test("before a reset and after closing", () => {
    const game = environment();
    expect(() => game.step("search")).toThrow(EnvironmentError);
    expect(() => game.progress()).toThrow(EnvironmentError);
    game.reset({ seed: 1 });
    expect(() => game.step("quit")).toThrow("no action 'quit'");
    game.close();
    game.close();
    expect(() => game.frame()).toThrow("closed");
    expect(() => game.reset({ seed: 1 })).toThrow("closed");
  });
});
