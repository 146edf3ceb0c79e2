import { type ChatModel, type ChatRequest, createModel, openCounter, PrefixCache, type Reply } from "@metamem/core";
import { countedBetween, type ServerMetrics, scrape } from "@metamem/loops";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { rejection } from "../../conformance/chat-model.ts";
import { contextTokens } from "./global-setup.ts";

const served = inject("served");
const signal = new AbortController().signal;

let model: ChatModel;
beforeAll(async () => {
  model = await createModel(served.spec, { variables: {} });
});

function request(content: string, more: Partial<ChatRequest> = {}, seed = 1, maxTokens = 24): ChatRequest {
  const messages = [
    { role: "system", content: "Play the game." },
    { role: "user", content },
  ] as const;
  return { callId: "0.log.0", episodeId: "e", messages, sampling: { temperature: 1, maxTokens, seed }, ...more };
}

async function ask(content: string, more: Partial<ChatRequest> = {}, seed = 1, maxTokens = 24): Promise<Reply> {
  return await model.generate(request(content, more, seed, maxTokens), signal);
}

async function metrics(): Promise<ServerMetrics> {
  const reading = await scrape(served.root, signal);
  if (reading === null) throw new Error("the server has no metrics");
  return reading;
}

/** The counters are brought up to date a moment after an answer. */
async function metricsWhen(settled: (metrics: ServerMetrics) => boolean): Promise<ServerMetrics> {
  while (true) {
    const reading = await metrics();
    if (settled(reading)) return reading;
    await Bun.sleep(100);
  }
}

describe("open", () => {
  test("tells context, version and template", async () => {
    expect(await model.open(signal)).toMatchObject({
      spec: served.spec,
      contextTokens,
      server: expect.stringMatching(/^vllm 0\.\d+/),
      template: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("a server of unknown kind is found to be the same vLLM", async () => {
    const known = await model.open(signal);
    const unknown = await createModel(served.spec.replace(/^vllm:/, "compatible:"), { variables: {} });
    expect(await unknown.open(signal)).toMatchObject({ server: known.server, template: known.template, contextTokens });
  });

  test("an unknown model is refused by name", async () => {
    const other = await createModel(`vllm:nobody@${served.url}`, { variables: {} });
    expect(await rejection(other.open(signal))).toMatchObject({ code: "model.unknown_model" });
    expect(await rejection(other.generate(request("go"), signal))).toMatchObject({ code: "model.not_found" });
  });
});

describe("a call", () => {
  test("the seed decides the reply", async () => {
    const first = await ask("What next?", {}, 11);
    expect((await ask("What next?", {}, 11)).text).toBe(first.text);
    expect((await ask("What next?", {}, 12)).text).not.toBe(first.text);
  });

  test("token ids: as many as are counted, and those of the prompt are our own counter's", async () => {
    const reply = await ask("Where is the tree? – ünï 日本 🧭\n\n 42", { tokenIds: true });
    expect(reply.usage.exact).toBe(true);
    expect(reply.tokenIds?.output).toHaveLength(reply.usage.output);
    const counter = await openCounter(served.tiny.tokenizer);
    const { messages } = request("Where is the tree? – ünï 日本 🧭\n\n 42");
    expect(reply.tokenIds?.prompt).toEqual([...counter.promptIds(messages)]);
    expect(reply.usage.prompt).toBe(reply.tokenIds?.prompt.length);
    expect((await ask("go")).tokenIds).toBeUndefined();
  });

  test("the output limit cuts the reply and says so", async () => {
    const reply = await ask("Tell me all.", {}, 5, 7);
    expect(reply.usage.output).toBeLessThanOrEqual(7);
    if (reply.usage.output === 7) expect(reply.finish).toBe("length");
  });

  test("a stop string ends the reply before itself", async () => {
    // A seed whose reply has some plain letters in a row: half of the test model's tokens are parts of characters.
    let [seed, whole, stop] = [2, "", ""];
    while (stop === "") {
      seed += 1;
      whole = (await ask("Go on.", {}, seed, 40)).text;
      stop = /.{4}([a-z]{3})/s.exec(whole)?.[1] ?? "";
    }
    const reply = await ask("Go on.", { stop: [stop, "never to be seen"] }, seed, 40);
    expect(reply.text).toBe(whole.slice(0, whole.indexOf(stop)));
    expect(reply.finish).toBe("stop");
  });

  test("a prompt beyond the context is known as such", async () => {
    const error = await rejection(ask("tree 7 ".repeat(contextTokens)));
    expect(error).toMatchObject({ code: "model.context_overflow", retryable: false });
    const reply = await rejection(ask("short", {}, 1, 2 * contextTokens));
    expect(reply).toMatchObject({ code: "model.context_overflow" });
  });
});

describe("the prefix cache", () => {
  test("finds the blocks that our own model of it predicts, call by call, and its counters say the same", async () => {
    const { blockSize } = await metrics();
    expect(blockSize).not.toBeNull();
    const cache = new PrefixCache(blockSize ?? 1);
    const before = await metrics();
    const story = Array.from({ length: 300 }, (_, n) => `Step ${n}: nothing was found.`);
    let [cached, prompts] = [0, 0];
    for (const lines of [100, 100, 200, 300, 150]) {
      const reply = await ask(story.slice(0, lines).join("\n"), { tokenIds: true }, lines);
      const { prompt, output } = reply.tokenIds ?? { prompt: [], output: [] };
      expect(reply.usage.cached).toBe(cache.add({ prompt, output }));
      cached += reply.usage.cached ?? 0;
      prompts += reply.usage.prompt;
    }
    expect(cached).toBeGreaterThan(0);
    const after = await metricsWhen((now) => (now.requests ?? 0) >= (before.requests ?? 0) + 5);
    const counted = countedBetween(before, after);
    expect(counted).toMatchObject({ prefixQueries: prompts, prefixHits: cached, promptTokens: prompts });
    expect(counted.preemptions).toBe(0);
  });
});

/** Six calls under way that nobody will wait for to the end. */
async function longCalls(given: AbortSignal) {
  for (let seed = 0; ; seed += 6) {
    const before = await metrics();
    const calls = Array.from({ length: 6 }, (_, n) =>
      model.generate(request("Tell a long story.", {}, seed + n, contextTokens - 200), given),
    );
    let over = false;
    const ended = Promise.allSettled(calls).finally(() => {
      over = true;
    });
    const { running } = await metricsWhen((now) => over || (now.running ?? 0) >= 3);
    if ((running ?? 0) >= 3) return { before, ended };
    // A random model may end its stories before the metrics tell of them: then it is asked for others.
  }
}

describe("giving up a call", () => {
  test("frees the engine at once", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { before, ended } = await longCalls(controller.signal);
    controller.abort(reason);
    const given = (await ended).filter((one) => one.status === "rejected").map((one) => one.reason as unknown);
    expect(given.length).toBeGreaterThan(0);
    expect(given.every((one) => one === reason)).toBe(true);
    const after = await metricsWhen((now) => now.running === 0 && now.waiting === 0);
    expect(countedBetween(before, after).generatedTokens ?? 0).toBeLessThan(3 * contextTokens);
  });
});
