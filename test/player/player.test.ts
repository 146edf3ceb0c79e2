import type { ChatMessage } from "@metamem/core";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { exits, mishaps, opsOf, play, playerOf, type Recorded, written } from "./recorded-play.ts";

const player = playerOf("crafter");

let withMemory: Recorded;
beforeAll(async () => {
  withMemory = await play({ seed: 3, maxSteps: 300 });
});

describe("with memory", () => {
  test("every command is offered and well formed, every action listed", () => {
    expect(mishaps(withMemory.events)).toEqual([]);
    expect(exits(withMemory.events, "log")).toEqual(new Set(["done"]));
    expect(exits(withMemory.events, "commit")).toEqual(new Set(["commit"]));
  });

  test("it reads before it acts and writes in LOG only", () => {
    expect(opsOf(withMemory.events, "log")).toContain("UPSERT");
    expect(written(withMemory, "commit")).toEqual(new Set(["READ", "ACTION"]));
  });
});

describe("the reply is a function of messages and seed", () => {
  test("asked again, in another order, twice, by a player loaded anew", async () => {
    vi.resetModules();
    const fresh = playerOf("crafter", (await import("@metamem/native-env")).families);
    expect(fresh).not.toBe(player);
    const asked = withMemory.exchanges.slice(0, 300).toReversed();
    for (const { messages, seed, reply } of [...asked, ...asked]) expect(fresh.reply(messages, seed)).toBe(reply);
  });

  test("and leaves the messages as they are", () => {
    for (const { messages, seed, reply } of withMemory.exchanges.slice(-20)) {
      const frozen = messages.map((message) => Object.freeze({ ...message }));
      expect(player.reply(Object.freeze(frozen), seed)).toBe(reply);
    }
  });
});

test.each([
  ["sliding-window", 80],
  ["sliding-window-cot", 40],
])("with %s it only acts", async (scaffold, maxSteps) => {
  const recorded = await play({ seed: 3, scaffold, maxSteps });
  expect(mishaps(recorded.events)).toEqual([]);
  expect(written(recorded, "commit")).toEqual(new Set(["ACTION"]));
  expect(exits(recorded.events, "commit")).toEqual(new Set(["commit"]));
});

describe("few replies", () => {
  test.each([{}, { handoff: "always" }])("one for each phase, told so: %j", async (protocol) => {
    const episode = { seed: 5, protocol: { ...protocol, planCalls: 1, logCalls: 1 }, maxSteps: 50 };
    const { events } = await play(episode, "Give your commands (replies left: 1).");
    expect(mishaps(events)).toEqual([]);
    expect(exits(events, "log")).toEqual(new Set(["done"]));
    expect(exits(events, "commit")).toEqual(new Set(["commit"]));
  });

  test.each([{}, { handoff: "always" }])("two for each phase: %j", async (protocol) => {
    const { events } = await play({ seed: 5, protocol: { ...protocol, planCalls: 2, logCalls: 2 }, maxSteps: 50 });
    expect(mishaps(events)).toEqual([]);
    expect(exits(events, "log")).toEqual(new Set(["done"]));
    expect(exits(events, "commit")).toEqual(new Set(["commit"]));
  });

  test("a LOG that is over before it wrote anything does not keep it from acting", async () => {
    const { events } = await play({ seed: 5, protocol: { logCalls: 1 }, maxSteps: 50 });
    expect(mishaps(events)).toEqual([]);
    expect(exits(events, "commit")).toEqual(new Set(["commit"]));
  });
});

test("in two-model play the specialist reads and hands off, the base only acts", async () => {
  const recorded = await play({ seed: 3, protocol: { handoff: "always" }, maxSteps: 80 });
  expect(mishaps(recorded.events)).toEqual([]);
  expect(exits(recorded.events, "consult")).toEqual(new Set(["handoff"]));
  expect(exits(recorded.events, "commit")).toEqual(new Set(["commit"]));
  expect(written(recorded, "consult")).toEqual(new Set(["READ", "HANDOFF"]));
  expect(written(recorded, "commit")).toEqual(new Set(["ACTION"]));
});

describe("nonsense", () => {
  const fragments = [
    "Game actions:\n- Noop: wait\n- : \n\n",
    "Memory files:\n- map.txt (empty)\n- notes (3 lines, 120 bytes; read-only): state\n\n",
    "- <|DONE|><|END|>\n",
    "- <|HANDOFF|><|END|>\n",
    "- <|WRITE|>file|>text<|END|>\n- <|READ|>file<|END|>\n",
    "replies left: 0\n",
    "Step 99999999999999999999 of 3, game turn 0\n",
    "You see:\n- grass 1 step to your west\n- zombie 99 steps to your south-east\n",
    "You face diamond at your front.\n",
    "Your status:\n- health: 0/9\n- food: -1/9\n",
    "position: 31,31 facing south, lava in front, step 7\nrow -99: 5 TTTT\nrow +00: -900 ~~~~~\n",
    "Last action, at step 3: Fly. What it did: moved 400.\n",
  ];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: "binary", maxLength: 60 })), { maxLength: 8 })
    .map((parts) => parts.join(""));
  const role = fc.constantFrom<ChatMessage["role"]>("system", "user", "assistant");
  const messages = fc.array(fc.record({ role, content: text }), { maxLength: 6 });
  const seed = fc.nat(2 ** 31 - 1);

  test("no prompt at all and empty ones get an answer", () => {
    expect(player.reply([], 0)).not.toBe("");
    expect(player.reply([{ role: "user", content: "" }], 0)).not.toBe("");
  });

  test("texts of any kind", () => {
    fc.assert(fc.property(messages, seed, (asked, chance) => player.reply(asked, chance).trim() !== ""));
  });

  test("real prompts with a part replaced", () => {
    const cut = fc.record({ at: fc.nat(), message: fc.nat(), from: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(cut, fc.nat(400), text, ({ at, message, from }, length, filling) => {
        const real = withMemory.exchanges[at % withMemory.exchanges.length];
        const asked = (real?.messages ?? []).map((one, index, all) => {
          if (index !== message % all.length) return one;
          const start = Math.floor(from * one.content.length);
          return { ...one, content: one.content.slice(0, start) + filling + one.content.slice(start + length) };
        });
        return player.reply(asked, real?.seed ?? 0).trim() !== "";
      }),
      { numRuns: 100 },
    );
  });
});
