import { existsSync, readFileSync } from "node:fs";
import { createRng } from "@metamem/core";
import { rolloutResultSchema } from "@metamem/loops";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finished } from "../e2e/command-line.ts";
import { expectTidy, printedContent, RolloutPlace } from "./rollout-place.ts";

/** A run killed at random moments and resumed leaves what an undisturbed one leaves, and asks no recorded call again. */

const concurrency = 4;
const rollout = new RolloutPlace();
const { place } = rollout;
const rng = createRng(20_260_702);
let undisturbed: unknown;
let callsInAll = 0;

beforeAll(async () => {
  const run = await place.run(rollout.args("undisturbed"));
  expect(run).toMatchObject({ exitCode: 0 });
  expect(rolloutResultSchema.parse(JSON.parse(run.stdout)).totals).toMatchObject({ episodes: 6, open: 0 });
  undisturbed = printedContent(run.stdout);
  callsInAll = rollout.calls().length;
  expect(new Set(rollout.calls()).size).toBe(callsInAll);
});

afterAll(() => rollout[Symbol.asyncDispose]());

/** Starts `args` and kills it with SIGKILL `after` milliseconds after its `request`-th request of this run. Returns when its shards are gone too. */
async function killAt(args: readonly string[], request: number, after: number): Promise<void> {
  const asked = rollout.calls().length;
  const child = place.start(args);
  let shards: readonly string[] = [];
  const kill = () => {
    shards = childrenOf(child.pid);
    child.kill("SIGKILL");
  };
  rollout.onRequest = (count) => {
    if (count - asked === request) setTimeout(kill, after);
  };
  await finished(child);
  // They notice a moment later that their parent is gone; what they record till then counts.
  while (shards.some(isRunning)) await Bun.sleep(5);
  rollout.onRequest = () => {};
}

function childrenOf(pid: number): string[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  return existsSync(list) ? readFileSync(list, "utf8").split(" ").filter(Boolean) : [];
}

/** Who waits for orphans, and when, is the machine's affair: a process that is only waited for does not run. */
function isRunning(pid: string): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Resumes; only what is not recorded may be asked, and the outcome is the undisturbed run's. */
async function resume(folder: string, from: number, ...more: readonly string[]): Promise<void> {
  const recorded = rollout.recordedCalls(folder);
  const before = rollout.calls(from);
  const asked = rollout.calls().length;
  const run = await place.run(rollout.resumeArgs(folder, ...more));
  expect(run).toMatchObject({ exitCode: 0 });
  const now = rollout.calls(asked);
  expect(now.filter((call) => recorded.has(call))).toEqual([]);
  expect(recorded.size + now.length).toBe(callsInAll);
  // Asked twice is only what was under way when the kill came.
  expect(now.filter((call) => before.includes(call)).length).toBeLessThanOrEqual(concurrency);
  expect(printedContent(run.stdout)).toEqual(undisturbed);
  expect(rollout.contentOf(folder)).toEqual(rollout.contentOf("undisturbed"));
  expectTidy(place, folder);
}

describe("kill -9 of a rollout", () => {
  const moments = Array.from({ length: 6 }, (_, index) => ({
    number: index + 1,
    part: 0.05 + rng.next() * 0.85,
    after: Math.floor(rng.next() * 12),
    shards: index % 3 === 2 ? 2 : 0,
  }));

  test.each(moments)("no. $number, at $part of all calls, $shards shards", async ({ number, part, after, shards }) => {
    const folder = `killed-${number}`;
    const from = rollout.calls().length;
    await killAt(rollout.args(folder, "--shards", String(shards)), 1 + Math.floor(part * callsInAll), after);
    await resume(folder, from);
  });

  test("again and again, in one process and in several", async () => {
    const folder = "killed-often";
    await killAt(rollout.args(folder), 40, 1);
    for (let time = 0; time < 3; time++) {
      await killAt(rollout.resumeArgs(folder, "--shards", String(time)), 40 + time, time);
    }
    const recorded = rollout.recordedCalls(folder);
    const asked = rollout.calls().length;
    const run = await place.run(rollout.resumeArgs(folder));
    expect(run).toMatchObject({ exitCode: 0 });
    expect(rollout.calls(asked).filter((call) => recorded.has(call))).toEqual([]);
    expect(printedContent(run.stdout)).toEqual(undisturbed);
  });

  test("before the first request: there is nothing, or something that resumes", async () => {
    for (const after of [80, 160, 240]) {
      const folder = `killed-early-${after}`;
      const from = rollout.calls().length;
      const child = place.start(rollout.args(folder));
      setTimeout(() => child.kill("SIGKILL"), after);
      await finished(child);
      if (existsSync(place.in(folder, "run.json"))) await resume(folder, from);
    }
  });
});
