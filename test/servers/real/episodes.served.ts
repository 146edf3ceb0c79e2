import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EventOf, type ExactCounter, openCounter, openTraceReader, PrefixCache } from "@metamem/core";
import {
  countedBetween,
  type EpisodeResult,
  type RolloutResult,
  type ServerCounters,
  type ServerMetrics,
  scrape,
} from "@metamem/loops";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { finished, Workplace } from "../../e2e/command-line.ts";
import { callCount, serverProcess, shortPlay } from "./short-play.ts";

const served = inject("served");
const signal = new AbortController().signal;
const place = new Workplace();
afterAll(() => place[Symbol.dispose]());

const play = shortPlay(place);
let counter: ExactCounter;
beforeAll(async () => {
  counter = await openCounter(served.tiny.tokenizer);
});

interface Recorded {
  readonly event: EventOf<"call">;
  readonly prompt: readonly number[];
}

/** All answered calls in a trace, with their prompts as our own counter tokenizes them. */
function callsIn(folder: string): Recorded[] {
  const reader = openTraceReader(folder, { trusted: true });
  try {
    return Array.from({ length: reader.stepCount }, (_, step) => [...reader.events(step, step)])
      .flat()
      .filter((event) => event.kind === "call")
      .map((event) => ({ event, prompt: [...counter.promptIds(reader.messages(event.step, event.callId))] }));
  } finally {
    reader.close();
  }
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** What the server counted while `work` ran, once it has counted `requests` of them. */
async function countedDuring<T>(
  work: () => Promise<T>,
  requests: (result: T) => number,
): Promise<{ readonly result: T; readonly counted: ServerCounters; readonly blockSize: number }> {
  const read = async (): Promise<ServerMetrics> => {
    const reading = await scrape(served.root, signal);
    if (reading === null) throw new Error("the server has no metrics");
    return reading;
  };
  const before = await read();
  const result = await work();
  let after = await read();
  // The counters are brought up to date a moment after an answer.
  for (let n = 0; n < 100 && (after.requests ?? 0) < (before.requests ?? 0) + requests(result); n++) {
    await Bun.sleep(100);
    after = await read();
  }
  return { result, counted: countedBetween(before, after), blockSize: after.blockSize ?? 1 };
}

async function tokenized(messages: unknown): Promise<unknown> {
  const body = JSON.stringify({ model: "base", messages });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${served.root}/tokenize`, { method: "POST", headers, body });
  return ((await response.json()) as { readonly tokens: unknown }).tokens;
}

describe("one episode", () => {
  test("every call, token and cache hit is in the trace as the server counted it", async () => {
    const args = ["episode", ...play, "--seed", "3", "--max-steps", "12", "--model", served.spec, "--out", "one"];
    const episode = async (): Promise<Recorded[]> => {
      const { exitCode, stdout, stderr } = await place.run(args);
      expect(stderr).toBe("");
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout) as EpisodeResult).toMatchObject({ status: "finished", steps: 12 });
      return callsIn(place.in("one"));
    };
    const { result: calls, counted, blockSize } = await countedDuring(episode, (recorded) => recorded.length);
    expect(calls.length).toBeGreaterThanOrEqual(24);
    expect(counted.requests).toBe(calls.length);
    expect(counted.promptTokens).toBe(sum(calls, ({ event }) => event.tokens.prompt));
    expect(counted.generatedTokens).toBe(sum(calls, ({ event }) => event.tokens.output));
    expect(counted.prefixHits).toBe(sum(calls, ({ event }) => event.tokens.cached ?? 0));
    // The same from our side: our counter's tokens, and our model of the cache.
    expect(calls.map(({ event }) => event.tokens.prompt)).toEqual(calls.map(({ prompt }) => prompt.length));
    const cache = new PrefixCache(blockSize);
    const predicted = calls.map(({ prompt }) => cache.add({ prompt }));
    const hits = calls.map(({ event }) => event.tokens.cached ?? 0);
    expect(sum(hits, (hit) => hit)).toBeGreaterThan(0);
    for (const [n, hit] of hits.entries()) expect(hit).toBeGreaterThanOrEqual(predicted[n] ?? 0);
    // Replies are noise that no rendering gives back token by token, so a block that holds part of one may be found or not.
    expect(sum(hits, (hit) => hit) - sum(predicted, (hit) => hit)).toBeLessThanOrEqual(blockSize * calls.length * 0.1);
  });

  test("what the model wrote was malformed, and is counted as such", () => {
    const result = JSON.parse(readFileSync(place.in("one", "result.json"), "utf8")) as EpisodeResult;
    const { memory, gameplay } = result.metrics.tokens;
    expect(memory.calls + gameplay.calls).toBe(callsIn(place.in("one")).length);
    const reader = openTraceReader(place.in("one"), { trusted: true });
    const ends = [...reader.events()].filter((event) => event.kind === "phase.end");
    reader.close();
    const commits = ends.filter(({ phase }) => phase === "commit");
    expect(commits).toHaveLength(12);
    expect(commits.filter(({ exit }) => exit === "fallback").length).toBeGreaterThan(6);
  });

  test("the server tokenizes each prompt of the episode as our counter does", async () => {
    const reader = openTraceReader(place.in("one"), { trusted: true });
    let compared = 0;
    for (const { event, prompt } of callsIn(place.in("one"))) {
      expect(await tokenized(reader.messages(event.step, event.callId))).toEqual(prompt);
      compared += 1;
    }
    reader.close();
    expect(compared).toBeGreaterThanOrEqual(24);
  });
});

function rollout(out: string, steps: number): string[] {
  const what = ["rollout", ...play, "--worlds", "seeds:0-7", "--max-steps", String(steps), "--model", served.spec];
  return [...what, "--concurrency", "8", "--out", out];
}

function callsOfRun(folder: string): Recorded[] {
  const episodes = place.in(folder, "episodes");
  return readdirSync(episodes).flatMap((name) => callsIn(join(episodes, name)));
}

describe("eight episodes at a time", () => {
  test("every call, token and cache hit is accounted for", async () => {
    const run = async (): Promise<RolloutResult> => {
      const { exitCode, stdout, stderr } = await place.run(rollout("eight", 6));
      expect(`${exitCode} ${stderr}`).toBe("0 ");
      return JSON.parse(stdout) as RolloutResult;
    };
    const { result, counted } = await countedDuring(run, ({ totals }) => totals.calls);
    expect(result.totals).toMatchObject({ episodes: 8, finished: 8, steps: 48 });
    const calls = callsOfRun("eight");
    expect(result.totals.calls).toBe(calls.length);
    expect(counted).toMatchObject({
      requests: calls.length,
      promptTokens: result.totals.promptTokens,
      generatedTokens: result.totals.outputTokens,
      prefixHits: result.operational.cachedTokens,
    });
    expect(result.operational.servers).toMatchObject([
      { server: served.root, counted: { requests: calls.length, promptTokens: result.totals.promptTokens } },
    ]);
    expect(calls.every(({ event, prompt }) => event.tokens.exact && event.tokens.prompt === prompt.length)).toBe(true);
  });

  test("the server is killed in the middle: the episodes wait, go on, and nothing is lost or asked twice", async () => {
    const child = place.start(rollout("killed", 6));
    const over = finished(child);
    while (callCount(place.in("killed")) < 20 && child.exitCode === null) await Bun.sleep(50);
    process.kill(serverProcess(served), "SIGKILL");
    const { exitCode, stdout, stderr } = await over;
    expect(`${exitCode} ${stderr}`).toBe("0 ");
    const result = JSON.parse(stdout) as RolloutResult;
    expect(result.totals).toMatchObject({ episodes: 8, finished: 8, open: 0 });
    expect(result.operational.failedTries).toBeGreaterThan(0);
    let recorded = 0;
    for (const name of readdirSync(place.in("killed", "episodes"))) {
      const calls = callsIn(place.in("killed", "episodes", name)).map(({ event }) => event.callId);
      expect(new Set(calls).size).toBe(calls.length);
      recorded += calls.length;
    }
    expect(result.totals.calls).toBe(recorded);
    expect(readFileSync(served.notes, "utf8")).toContain("it ended with SIGKILL; starting it again");
  });
});
