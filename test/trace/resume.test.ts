import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTrace, type NewEvent, openTraceReader, resumeTrace, TraceError, type TraceSink } from "@metamem/core";
import { afterAll, describe, expect, test } from "vitest";
import { SyntheticEpisode, syntheticHeader } from "./synthetic-episode.ts";
import { contentOf, TraceFolders } from "./trace-folders.ts";

const files = ["events.jsonl", "parts.pack", "parts.idx", "steps.idx"] as const;
const folders = new TraceFolders();
afterAll(() => folders.removeAll());

/** Passes everything on, changing events on the way. */
function altering(sink: TraceSink, alter: (event: NewEvent) => NewEvent): TraceSink {
  return {
    get replaying() {
      return sink.replaying;
    },
    blob: (text) => sink.blob(text),
    append: (event) => sink.append(alter(event)),
    recordedCall: (callId) => sink.recordedCall(callId),
    flush: () => sink.flush(),
    close: () => sink.close(),
  };
}

describe("a resumed trace", () => {
  const steps = 8;
  const whole = folders.played(steps);
  const content = contentOf(whole);

  function divergence(alter: (event: NewEvent) => NewEvent): TraceError {
    const dir = folders.copy(whole);
    const { sink } = resumeTrace(dir);
    let handedOver = 0;
    const counting = (event: NewEvent) => {
      handedOver += 1;
      return alter(event);
    };
    let thrown: unknown;
    try {
      new SyntheticEpisode(altering(sink, counting)).play(steps);
    } catch (error) {
      thrown = error;
    }
    // Refused at once, and once refused nothing is taken any more.
    expect((thrown as TraceError).data.seq).toBe(handedOver - 1);
    expect(() => sink.append({ kind: "phase.start", step: 0, phase: "log" })).toThrow(thrown as TraceError);
    sink.flush();
    sink.close();
    for (const name of files)
      expect(readFileSync(join(dir, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
    expect(thrown).toBeInstanceOf(TraceError);
    return thrown as TraceError;
  }

  test("verifies a finished episode and writes nothing", () => {
    const dir = folders.copy(whole);
    const resumed = resumeTrace(dir);
    expect(resumed).toMatchObject({ ended: true, cutBytes: 0, events: content.events.length });
    expect(resumed.sink.replaying).toBe(true);
    const episode = new SyntheticEpisode(resumed.sink);
    episode.play(steps);
    expect(resumed.sink.replaying).toBe(false);
    expect(episode.asked).toEqual([]);
    for (const name of files)
      expect(readFileSync(join(dir, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
  });

  test("may be left in the middle of a replay", () => {
    const dir = folders.copy(whole);
    const { sink } = resumeTrace(dir);
    const episode = new SyntheticEpisode(sink);
    episode.step(0);
    episode.step(1);
    sink.close();
    expect(contentOf(dir)).toEqual(content);
  });

  test("continues the clock where play stopped", () => {
    const dir = folders.empty();
    const first = createTrace(dir, syntheticHeader);
    new SyntheticEpisode(first).step(0);
    first.close();
    const path = join(dir, "events.jsonl");
    const hour = 3_600_000;
    writeFileSync(path, readFileSync(path, "utf8").replace(/"at":\d+\}\}\n$/, `"at":${hour}}}\n`));
    const { sink } = resumeTrace(dir);
    const episode = new SyntheticEpisode(sink);
    episode.step(0);
    episode.step(1);
    sink.close();
    const reader = openTraceReader(dir);
    const times = [...reader.events(1, 1)].map((event) => Number(event.operational?.at));
    reader.close();
    expect(times[0]).toBeGreaterThanOrEqual(hour);
    expect(times[0]).toBeLessThan(2 * hour);
  });

  test("names step, kind and field of a difference", () => {
    const error = divergence((event) =>
      event.kind === "op" && event.step === 3 ? { ...event, status: "denied" } : event,
    );
    expect(error.code).toBe("trace.diverged");
    expect(error.message).toMatch(/^step 3, event \d+ \(op\): status was "ok" and is now "denied"; /);
    expect(error.message).not.toContain("\n");
    expect(error.data).toMatchObject({ step: 3, kind: "op", field: "status", recorded: "ok", replayed: "denied" });
  });

  test("finds a difference deep inside, and one of presence", () => {
    const deep = divergence((event) =>
      event.kind === "call" && event.step === 2 ? { ...event, tokens: { ...event.tokens, prompt: 1 } } : event,
    );
    expect(deep.data).toMatchObject({ step: 2, field: "tokens.prompt", recorded: 2000, replayed: 1 });
    const absent = divergence((event) => (event.kind === "op" && event.step === 4 ? { ...event, matches: 3 } : event));
    expect(absent.message).toContain("matches was absent and is now 3");
  });

  test("shows where two texts part instead of two hashes", () => {
    const dir = folders.copy(whole);
    const { sink } = resumeTrace(dir);
    const changed: TraceSink = {
      ...altering(sink, (event) => event),
      blob: (text) => sink.blob(text.startsWith("[APPEND") ? text.replace("line 6", "line six") : text),
    };
    expect(() => new SyntheticEpisode(changed).play(steps)).toThrow(
      'step 5, event 54 (op): result was a text with "[APPEND notes] line 6 added" and is now "[APPEND notes] line six added"',
    );
    sink.close();
  });

  test("refuses another order of events", () => {
    const error = divergence((event) =>
      event.kind === "phase.end" && event.step === 1 ? { kind: "phase.start", step: 1, phase: "log" } : event,
    );
    expect(error.data).toMatchObject({ step: 1, field: "kind" });
  });

  test("refuses another call than the recorded one", () => {
    const { sink } = resumeTrace(folders.copy(whole));
    expect(() => sink.recordedCall("0.log.1")).toThrow('callId was "0.log.0" and is now "0.log.1"');
    sink.close();
  });

  test("gives the recorded call without passing anything", () => {
    const { sink } = resumeTrace(folders.copy(whole));
    const call = sink.recordedCall("0.log.0");
    expect(call?.text).toHaveLength(350);
    expect(sink.recordedCall("0.log.0")).toEqual(call);
    expect(sink.replaying).toBe(true);
    sink.close();
  });

  test("does not compare what is operational, nor the order of keys", () => {
    const dir = folders.copy(whole);
    const { sink } = resumeTrace(dir);
    const reversed = (event: NewEvent) => Object.fromEntries(Object.entries(event).reverse()) as NewEvent;
    new SyntheticEpisode(
      altering(sink, (event) => ({ ...reversed(event), operational: { at: 99, host: "other" } })),
    ).play(steps);
    expect(contentOf(dir)).toEqual(content);
  });
});

/** Lets a process play on in the folder until its events have grown by `bytes`, then kills it. */
async function playAndKill(dir: string, bytes: number): Promise<void> {
  const path = join(dir, "events.jsonl");
  const size = () => (existsSync(path) ? statSync(path).size : 0);
  const wanted = size() + bytes;
  const child = spawn(process.execPath, [join(import.meta.dirname, "play-synthetic.ts"), dir, "1000000"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exited = once(child, "exit");
  while (size() < wanted && child.exitCode === null) await sleep(1);
  child.kill("SIGKILL");
  const [, signal] = await exited;
  expect(signal).toBe("SIGKILL");
}

test("an episode killed again and again ends with the content of an undisturbed one", async () => {
  const dir = folders.empty();
  for (const bytes of [1, 50_000, 7_000, 200_000, 90_000]) await playAndKill(dir, bytes);
  const resumed = resumeTrace(dir);
  const recorded = contentOf(dir);
  const steps = (recorded.events.at(-1)?.step ?? 0) + 10;
  const episode = new SyntheticEpisode(resumed.sink);
  episode.play(steps);
  expect(episode.asked).toHaveLength(2 * steps - recorded.prompts.length / 2);
  expect(contentOf(dir)).toEqual(contentOf(folders.played(steps)));
});
