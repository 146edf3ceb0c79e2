import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ChatModel, type ChatRequest, createModel } from "@metamem/core";
import { AdapterClient, AdapterStore, type RolloutResult } from "@metamem/loops";
import { afterAll, describe, expect, inject, test } from "vitest";
import { rejection } from "../../conformance/chat-model.ts";
import { finished, Workplace } from "../../e2e/command-line.ts";
import { contextTokens, maxRank } from "./global-setup.ts";
import { callCount, serverProcess, shortPlay } from "./short-play.ts";

const served = inject("served");
const signal = new AbortController().signal;
const place = new Workplace();
afterAll(() => place[Symbol.dispose]());

const store = new AdapterStore({ root: served.adapterRoot, urls: [served.url], key: null, maxRank });
const [first = "", second = ""] = served.tiny.adapters;

const request: ChatRequest = {
  callId: "0.log.0",
  episodeId: "e",
  messages: [{ role: "user", content: "What next? ".repeat(100) }],
  sampling: { temperature: 1, maxTokens: 16, seed: 4 },
};

async function modelNamed(name: string): Promise<ChatModel> {
  const restoreModel = (url: string, inner: AbortSignal) => store.restoreOne(name, url, inner);
  return await createModel(`vllm:${name}@${served.url}`, { variables: {}, restoreModel });
}

async function textOf(name: string): Promise<string> {
  const reply = await (await modelNamed(name)).generate(request, signal);
  expect(reply.servedModel).toBe(name);
  return reply.text;
}

describe("adapters of a running vLLM", () => {
  test("published under a version each: they differ from the base and from one another", async () => {
    const one = await store.publish(first, "run1", 1, signal);
    const two = await store.publish(second, "run1", 2, signal);
    expect([one.name, two.name]).toEqual(["run1-v0001", "run1-v0002"]);
    const texts = [await textOf("base"), await textOf(one.name), await textOf(two.name)];
    expect(new Set(texts).size).toBe(3);
    expect(await textOf(one.name)).toBe(texts[1]);
  });

  test("has its base model's context, and a prefix cache of its own", async () => {
    const model = await modelNamed("run1-v0001");
    expect(await model.open(signal)).toMatchObject({ contextTokens });
    const fresh = { ...request, messages: [{ role: "user", content: "Another question. ".repeat(200) }] as const };
    expect((await model.generate(fresh, signal)).usage.cached).toBe(0);
    expect((await model.generate(fresh, signal)).usage.cached).toBeGreaterThan(0);
    expect((await (await modelNamed("base")).generate(fresh, signal)).usage.cached).toBe(0);
  });

  test("a name is used once", async () => {
    expect(await rejection(store.publish(second, "run1", 1, signal))).toMatchObject({ code: "usage.adapter" });
  });

  test("one that the server has forgotten is put back in the middle of a call", async () => {
    const text = await textOf("run1-v0001");
    await new AdapterClient(served.url, null).unload("run1-v0001", signal);
    expect(await textOf("run1-v0001")).toBe(text);
  });

  test("retired when nobody uses it any more: gone from server and disk, and its name is unknown", async () => {
    const folder = join(served.adapterRoot, "run1-v0002");
    const use = store.use("run1-v0002");
    const retired = store.retire("run1-v0002", signal);
    await Bun.sleep(300);
    expect(existsSync(folder)).toBe(true);
    expect(await textOf("run1-v0002")).not.toBe("");
    use[Symbol.dispose]();
    await retired;
    expect(existsSync(folder)).toBe(false);
    expect(await new AdapterClient(served.url, null).names(signal)).not.toContain("run1-v0002");
    const error = await rejection((await modelNamed("run1-v0002")).generate(request, signal));
    expect(error).toMatchObject({ code: "model.not_found" });
  });

  test("a folder that is not there is the server's 404, in one line", async () => {
    const error = await rejection(new AdapterClient(served.url, null).load("x-v0001", place.in("nowhere"), signal));
    expect(error).toMatchObject({ code: "model.adapter_refused", data: { status: 404 } });
    expect((error as Error).message).not.toContain("\n");
  });
});

test("a rollout with an adapter goes on when the server is killed; the published ones are back without anybody's help", async () => {
  const name = "mine-v0001";
  const what = ["rollout", ...shortPlay(place), "--worlds", "seeds:0-3", "--max-steps", "6"];
  const adapter = ["--model", `vllm:${name}@${served.url}`, "--adapter", `${name}=${second}`];
  const child = place.start([...what, ...adapter, "--concurrency", "4", "--out", "run"]);
  const over = finished(child);
  while (callCount(place.in("run")) < 12 && child.exitCode === null) await Bun.sleep(50);
  process.kill(serverProcess(served), "SIGKILL");
  const { exitCode, stdout, stderr } = await over;
  expect(`${exitCode} ${stderr}`).toBe("0 ");
  const { totals, operational } = JSON.parse(stdout) as RolloutResult;
  expect(totals).toMatchObject({ episodes: 4, finished: 4, open: 0 });
  expect(totals.calls).toBe(callCount(place.in("run")));
  expect(operational.failedTries).toBeGreaterThan(0);
  const names = await new AdapterClient(served.url, null).names(signal);
  expect(names).toContain(name);
  expect(names).toContain("run1-v0001");
  expect(names).not.toContain("run1-v0002");
});
