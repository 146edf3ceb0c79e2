import type { ChatMessage } from "@metamem/core";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { playScripted } from "./play-scripted.ts";
import { exits, mishaps, opsOf, play, playerOf, type Recorded, written } from "./recorded-play.ts";

const env = "nethack";
const player = playerOf(env);

describe("NetHack by rules", () => {
  let withMemory: Recorded;
  beforeAll(async () => {
    withMemory = await play({ env, seed: 44, maxSteps: 250 });
  });

  test("every command is offered and well formed, every action listed", () => {
    expect(mishaps(withMemory.events)).toEqual([]);
    expect(exits(withMemory.events, "log")).toEqual(new Set(["done"]));
    expect(exits(withMemory.events, "commit")).toEqual(new Set(["commit"]));
  });

  test("it reads before it acts and writes in LOG only", () => {
    expect(opsOf(withMemory.events, "log")).toContain("UPSERT");
    expect(written(withMemory, "commit")).toEqual(new Set(["READ", "ACTION"]));
  });

  test("it gets down, and keeps notes of stairs and doors", async () => {
    const { milestones, files } = await playScripted({ env, seed: 44, maxSteps: 250 });
    expect(milestones).toContain("Dlvl:3");
    const notes = Object.values(files).join("\n");
    expect(notes).toMatch(/^level 1: stairs down \d+,\d+; stairs up/m);
    expect(notes).toMatch(/^layout \d+,\d+: down \d+,\d+/m);
    expect(notes).toMatch(/^plan: .+; in order to /m);
  });

  test("asked again, in another order, by a player loaded anew, it replies the same", async () => {
    vi.resetModules();
    const fresh = playerOf(env, (await import("@metamem/native-env")).families);
    expect(fresh).not.toBe(player);
    for (const { messages, seed, reply } of withMemory.exchanges.slice(0, 300).toReversed()) {
      expect(fresh.reply(messages, seed)).toBe(reply);
    }
  });

  test.each([
    ["sliding-window", 60],
    ["sliding-window-cot", 40],
  ])("with %s it only acts", async (scaffold, maxSteps) => {
    const recorded = await play({ env, seed: 44, scaffold, maxSteps });
    expect(mishaps(recorded.events)).toEqual([]);
    expect(written(recorded, "commit")).toEqual(new Set(["ACTION"]));
  });

  test("in two-model play the specialist reads and hands off, the base only acts", async () => {
    const recorded = await play({ env, seed: 45, protocol: { handoff: "always" }, maxSteps: 60 });
    expect(mishaps(recorded.events)).toEqual([]);
    expect(written(recorded, "consult")).toEqual(new Set(["READ", "HANDOFF"]));
    expect(written(recorded, "commit")).toEqual(new Set(["ACTION"]));
  });

  test("one reply for each phase, told so, is enough to act", async () => {
    const episode = { env, seed: 46, protocol: { planCalls: 1, logCalls: 1 }, maxSteps: 40 };
    const { events } = await play(episode, "Give your commands (replies left: 1).");
    expect(mishaps(events)).toEqual([]);
    expect(exits(events, "commit")).toEqual(new Set(["commit"]));
  });

  test("real prompts with a part replaced get an answer", () => {
    const cut = fc.record({ at: fc.nat(), message: fc.nat(), from: fc.double({ min: 0, max: 1, noNaN: true }) });
    const filling = fc.oneof(
      fc.constantFrom("map:\n@", "walked 5: 1-99999", "(x=90, y=0)", "plan: ; in order to , since step 1", "HP:-3(0)"),
      fc.string({ unit: "binary", maxLength: 60 }),
    );
    fc.assert(
      fc.property(cut, fc.nat(400), filling, ({ at, message, from }, length, text) => {
        const real = withMemory.exchanges[at % withMemory.exchanges.length];
        const asked: ChatMessage[] = (real?.messages ?? []).map((one, index, all) => {
          if (index !== message % all.length) return one;
          const start = Math.floor(from * one.content.length);
          return { ...one, content: one.content.slice(0, start) + text + one.content.slice(start + length) };
        });
        return player.reply(asked, real?.seed ?? 0).trim() !== "";
      }),
      { numRuns: 100 },
    );
  });
});
