import { existsSync, readFileSync } from "node:fs";
import { createRng } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentOf, finished, resultContent, storedTexts, Workplace } from "./command-line.ts";
import { ServedTower } from "./served-tower.ts";

/** An episode killed at random moments and resumed leaves what an undisturbed one leaves, and asks no recorded call again. */

const kills = 20;
const place = new Workplace();
const tower = new ServedTower();
const rng = createRng(20_260_701);
let callsInAll = 0;

beforeAll(async () => {
  expect(await place.run(tower.args("undisturbed"))).toMatchObject({ exitCode: 0 });
  callsInAll = tower.server.requests.length;
});

afterAll(async () => {
  place[Symbol.dispose]();
  await tower[Symbol.asyncDispose]();
});

/** Starts `args` and kills it with SIGKILL `after` milliseconds after its `request`-th request of this run. */
async function killAt(args: readonly string[], request: number, after: number): Promise<void> {
  const asked = tower.server.requests.length;
  const child = place.start(args);
  tower.onRequest = (count) => {
    if (count - asked === request) setTimeout(() => child.kill("SIGKILL"), after);
  };
  await finished(child);
  tower.onRequest = () => {};
}

/** Calls whose line is whole: they are recorded, whatever else the kill tore. */
function recordedCalls(folder: string): ReadonlySet<string> {
  const lines = readFileSync(place.in(folder, "events.jsonl"), "utf8").split("\n").slice(0, -1);
  const events = lines.map((line) => JSON.parse(line) as { readonly kind: string; readonly callId?: string });
  return new Set(events.flatMap(({ kind, callId }) => (kind === "call" && callId !== undefined ? [callId] : [])));
}

/** Resumes and checks that only what is not recorded is asked. */
async function resume(folder: string): Promise<void> {
  const recorded = recordedCalls(folder);
  const asked = tower.server.requests.length;
  const run = await place.run(tower.resumeArgs(folder));
  expect(run).toMatchObject({ exitCode: 0 });
  const calls = tower.server.requests.slice(asked).map(({ callId }) => callId);
  expect(calls.filter((callId) => recorded.has(callId))).toEqual([]);
  expect(new Set([...recorded, ...calls]).size).toBe(recorded.size + calls.length);
  expect(recorded.size + calls.length).toBe(callsInAll);
}

function expectUndisturbed(folder: string): void {
  expect(contentOf(place.in(folder))).toEqual(contentOf(place.in("undisturbed")));
  expect(resultContent(place.in(folder))).toEqual(resultContent(place.in("undisturbed")));
  expect(storedTexts(place.in(folder))).toEqual(storedTexts(place.in("undisturbed")));
  expect(existsSync(place.in(folder, "lock"))).toBe(false);
}

describe("kill -9", () => {
  // The last requests are left out: a kill has to come before the episode is over.
  const moments = Array.from({ length: kills }, (_, index) => ({
    number: index + 1,
    part: rng.next() * 0.9,
    after: Math.floor(rng.next() * 12),
  }));

  test.each(moments)("no. $number, $after ms after the request at $part of all", async ({ number, part, after }) => {
    const folder = `killed-${number}`;
    await killAt(tower.args(folder), 1 + Math.floor(part * callsInAll), after);
    expect(existsSync(place.in(folder, "result.json"))).toBe(false);
    await resume(folder);
    expectUndisturbed(folder);
  });

  test("again and again, until it is through", async () => {
    const folder = "killed-often";
    await killAt(tower.args(folder), 10, 1);
    for (let time = 0; time < 4; time++) await killAt(tower.resumeArgs(folder), 12 + time, time);
    await resume(folder);
    expectUndisturbed(folder);
    const { operational } = JSON.parse(readFileSync(place.in(folder, "result.json"), "utf8"));
    expect(operational).toMatchObject({ resumes: 5 });
  });

  test("before the first request: there is nothing, or something that resumes", async () => {
    for (const after of [60, 90, 120, 150, 180]) {
      const folder = `killed-early-${after}`;
      const child = place.start(tower.args(folder));
      setTimeout(() => child.kill("SIGKILL"), after);
      await finished(child);
      if (!existsSync(place.in(folder, "header.json"))) continue;
      await place.run(tower.resumeArgs(folder));
      expectUndisturbed(folder);
    }
  });
});
