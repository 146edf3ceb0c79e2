import { readFileSync, writeFileSync } from "node:fs";
import { exactCounter, openTraceReader } from "@metamem/core";
import { measureTokens } from "@metamem/loops";
import { describe, expect, test } from "vitest";
import { startChatServer } from "../servers/chat-server.ts";
import { polyglotServer } from "../tokens/polyglot.ts";
import { towerArgs, Workplace } from "./command-line.ts";

const text = "Hello wörld, 你好 👋🏽!\n<|im_end|>\r\nпривет мир\n";

describe("metamem tokens", () => {
  test("--json prints counts and ids in one object", async () => {
    using place = new Workplace();
    writeFileSync(place.in("text.txt"), text);
    const { exitCode, stdout } = await place.run(["tokens", "text.txt", "--json"]);
    const { tokenizer } = await exactCounter("qwen2.5");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "metamem.tokens/1",
      tokenizer: "qwen2.5",
      exact: true,
      tokens: tokenizer.count(text),
      ids: [...tokenizer.ids(text)],
      characters: [...text].length,
      bytes: Buffer.byteLength(text),
      lines: 3,
    });
  });

  test("for people the tokens and their number, with any tokenizer.json", async () => {
    using place = new Workplace();
    writeFileSync(place.in("text.txt"), "map map\n".repeat(60));
    const tokenizer = new URL("../tokens/tiny/llama3.json", import.meta.url).pathname;
    const { stdout } = await place.run(["tokens", "text.txt", "--tokenizer", tokenizer]);
    expect(stdout).toContain("map| |map|⏎");
    expect(stdout).toContain("[20 more lines, shown with --full]");
    expect(stdout).toContain("60 lines");
  });
});

describe("episodes on a model whose tokenizer is known", () => {
  test("count exactly, say so, and are priced", async () => {
    using place = new Workplace();
    const counter = await exactCounter("qwen2.5");
    const server = startChatServer(polyglotServer(counter));
    const model = ["--memory-model", `vllm:specialist@${server.url}`, "--gameplay-model", `vllm:player@${server.url}`];
    const played = await place.run([
      "episode",
      ...towerArgs,
      ...model,
      "--max-steps",
      "4",
      "--out",
      "runs/one",
      "--quiet",
    ]);
    await server.close();
    expect(played.exitCode).toBe(0);

    const header = JSON.parse(readFileSync(place.in("runs", "one", "header.json"), "utf8"));
    expect([header.roles.memory.tokenizer, header.roles.gameplay.tokenizer]).toEqual(["qwen2.5", "qwen2.5"]);
    const reader = openTraceReader(place.in("runs", "one"));
    const calls = [...reader.events()].filter((event) => event.kind === "call");
    for (const { step, callId, tokens, added } of calls) {
      expect(tokens).toMatchObject({ prompt: counter.countPrompt(reader.messages(step, callId)), exact: true });
      for (const part of added.flatMap(({ parts }) => parts))
        expect(part.tokens).toBe(counter.count(reader.text(part.blob)));
    }
    reader.close();
    expect(calls.length).toBeGreaterThan(4);

    const shares: number[] = [];
    const measured = await measureTokens(place.in("runs"), ({ share }) => shares.push(share));
    // Progress is told within an episode too: a long one takes a minute.
    expect(shares).toHaveLength(reader.stepCount);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(1);
    expect(measured).toMatchObject({ episodes: 1, calls: calls.length, exact: true, cachedByServer: null });
    expect(measured.input).toBe(calls.reduce((sum, { tokens }) => sum + tokens.prompt, 0));
    expect(measured.reusable).toBeGreaterThan(0);
    expect(measured.reusable).toBeLessThan(measured.input);

    const { stdout } = await place.run(["cost", "runs", "--json"]);
    const cost = JSON.parse(stdout);
    expect(cost).toMatchObject({ schema: "metamem.cost/1", measured, tokens: { cached: measured.reusable } });
    expect(cost.costs).toHaveLength(31);
  });
});

test("metamem cost of given tokens: a line for every model, by provider", async () => {
  using place = new Workplace();
  const args = ["cost", "--input-tokens", "2000000", "--cached-tokens", "1000000", "--output-tokens", "100000"];
  const { exitCode, stdout } = await place.run(args);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/GPT-5\.5 +13\.00 +8\.50/);
  expect(stdout).toMatch(/Claude 4\.5 Haiku +2\.50 +1\.85/);
  expect(stdout).toMatch(/Command R\+ +6\.00 +-/);
});
