import type { ChatMessage } from "@metamem/core";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { exits, mishaps, opsOf, play, playerOf, type Recorded, written } from "./recorded-play.ts";

const env = "minihack";
const player = playerOf(env);

/** Worlds that end in success, one of each kind. Boulders are much the same on both collections. */
const won = [
  ["MazeWalk-9x9", 43],
  ["MazeWalk-15x15", 43],
  ["Corridor-R3", 43],
  ["CorridorBattle-Dark", 46],
  ["Quest-Easy", 43],
  ["Quest-Medium", 43],
  ["Boxoban-Medium-own-levels", 42],
] as const;

describe("MiniHack by rules", () => {
  test.each(won)("%s is won, in world %i, without a mishap", async (task, seed) => {
    const recorded = await play({ env, task, seed });
    expect(mishaps(recorded.events)).toEqual([]);
    expect(exits(recorded.events, "log")).toEqual(new Set(["done"]));
    expect(exits(recorded.events, "commit")).toEqual(new Set(["commit"]));
    expect(written(recorded, "commit")).toEqual(new Set(["READ", "ACTION"]));
    expect(recorded.events.findLast(({ kind }) => kind === "episode.end")).toMatchObject({ progression: 1 });
  });

  test("asked again, in another order, by a player loaded anew, it replies the same", async () => {
    const recorded = await play({ env, task: "Corridor-R3", seed: 45, maxSteps: 40 });
    expect(opsOf(recorded.events, "log")).toContain("UPSERT");
    vi.resetModules();
    const fresh = playerOf(env, (await import("@metamem/native-env")).families);
    expect(fresh).not.toBe(player);
    for (const { messages, seed, reply } of recorded.exchanges.toReversed()) {
      expect(fresh.reply(messages, seed)).toBe(reply);
    }
  });

  test.each([
    ["sliding-window", "MazeWalk-9x9"],
    ["sliding-window", "Boxoban-Medium-own-levels"],
    ["sliding-window-cot", "Quest-Easy"],
  ])("with %s it only acts, in %s", async (scaffold, task) => {
    const recorded = await play({ env, task, seed: 44, scaffold, maxSteps: 30 });
    expect(mishaps(recorded.events)).toEqual([]);
    expect(written(recorded, "commit")).toEqual(new Set(["ACTION"]));
  });

  test("in two-model play the specialist reads and hands off, the base only acts", async () => {
    const recorded = await play({ env, task: "Quest-Medium", seed: 44, protocol: { handoff: "always" }, maxSteps: 25 });
    expect(mishaps(recorded.events)).toEqual([]);
    expect(written(recorded, "consult")).toEqual(new Set(["READ", "HANDOFF"]));
    expect(written(recorded, "commit")).toEqual(new Set(["ACTION"]));
  });

  test("real prompts with a part replaced get an answer", async () => {
    const { exchanges }: Recorded = await play({ env, task: "Boxoban-Medium-own-levels", seed: 44, maxSteps: 8 });
    const cut = fc.record({ at: fc.nat(), message: fc.nat(), from: fc.double({ min: 0, max: 1, noNaN: true }) });
    const filling = fc.oneof(
      fc.constantFrom(
        "map:\n@",
        "##########",
        "``{{",
        "(x=90, y=0)",
        "solution: step 3 at 900,1, then up",
        "fountains: 1,1",
      ),
      fc.string({ unit: "binary", maxLength: 60 }),
    );
    fc.assert(
      fc.property(cut, fc.nat(400), filling, ({ at, message, from }, length, text) => {
        const real = exchanges[at % exchanges.length];
        const asked: ChatMessage[] = (real?.messages ?? []).map((one, index, all) => {
          if (index !== message % all.length) return one;
          const start = Math.floor(from * one.content.length);
          return { ...one, content: one.content.slice(0, start) + text + one.content.slice(start + length) };
        });
        return player.reply(asked, real?.seed ?? 0).trim() !== "";
      }),
      { numRuns: 30 },
    );
  });
});
