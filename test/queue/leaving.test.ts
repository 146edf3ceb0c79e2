import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { concurrency } from "./queue-place.ts";
import { Undisturbed } from "./undisturbed.ts";

/** Producers and workers that leave, and what they leave behind. */

// A busy machine takes many times as long as an idle one.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let undisturbed: Undisturbed;
beforeAll(async () => {
  undisturbed = await Undisturbed.play();
});
afterAll(() => undisturbed[Symbol.asyncDispose]());

describe("producers and workers that leave", () => {
  test("Ctrl-C at a worker hands its episodes back at once; --drain ends the next one with the queue", async () => {
    const { player, fewCalls } = undisturbed;
    const queue = await undisturbed.open();
    const from = player.calls().length;
    const producer = queue.start(queue.args("run"));
    const worker = queue.startWorker();
    await player.let(fewCalls);
    await queue.until(() => player.held === concurrency);
    worker.kill("SIGINT");
    await queue.until(() => queue.saidBy(worker).includes("leaving"));
    player.letAll();
    const left = await queue.finished(worker);
    expect(left).toMatchObject({ exitCode: 0 });
    expect(left.stdout.split("\n").filter((line) => line.includes('"handed_back"'))).toHaveLength(concurrency);
    const next = queue.startWorker("--drain");
    await undisturbed.expectSame(queue, producer, from, "unanswered");
    expect(await queue.finished(next)).toMatchObject({ exitCode: 0, stderr: "" });
    queue.expectPasswordHidden("run");
  });

  test("a producer that was killed finds its run again; one that is stopped takes it back, to be played elsewhere", async () => {
    const { player, calls } = undisturbed;
    const queue = await undisturbed.open();
    const from = player.calls().length;
    const lock = () => readFileSync(queue.place.in("run", "lock"), "utf8");
    const killed = queue.start(queue.args("run"));
    const worker = queue.startWorker();
    await player.let(0.2 * calls);
    await queue.end("SIGKILL", killed);
    const lockOfKilled = lock();
    // Workers play on without it.
    await player.let(0.2 * calls);
    const stopped = queue.start(queue.resumeArgs("run", "--queue", queue.redis.url));
    await queue.until(() => existsSync(queue.place.in("run", "lock")) && lock() !== lockOfKilled);
    stopped.kill("SIGINT");
    while (!(await queue.redis.stopOrdered())) await queue.pause();
    player.letAll();
    expect(await queue.finished(stopped)).toMatchObject({ exitCode: 130 });
    const asked = player.calls().length;
    const here = queue.start(queue.resumeArgs("run"));
    await undisturbed.expectSame(queue, here, from, "unanswered");
    expect(player.calls().length).toBeGreaterThan(asked);
    await queue.end("SIGTERM", worker);
    queue.expectPasswordHidden("run");
  });

  test("a run that a local session began is played on by workers", async () => {
    const { player, calls } = undisturbed;
    const queue = await undisturbed.open();
    const from = player.calls().length;
    const begun = queue.start(queue.localArgs("run"));
    await player.let(0.4 * calls);
    begun.kill("SIGINT");
    await queue.until(() => queue.saidBy(begun).includes("stopping"));
    player.letAll();
    expect(await queue.finished(begun)).toMatchObject({ exitCode: 130 });
    const worker = queue.startWorker();
    const producer = queue.start(queue.resumeArgs("run", "--queue", queue.redis.url));
    await undisturbed.expectSame(queue, producer, from, "unanswered");
    await queue.end("SIGTERM", worker);
  });
});

test("the budget of a run holds for all workers together", async () => {
  const { player, place } = undisturbed;
  const queue = await undisturbed.open();
  player.letAll();
  const usages = JSON.parse(readFileSync(place.place.in("undisturbed", "operational.json"), "utf8")) as {
    readonly sessions: readonly {
      readonly promptTokens: number;
      readonly outputTokens: number;
      readonly calls: number;
    }[];
  };
  const [{ promptTokens, outputTokens, calls } = { promptTokens: 0, outputTokens: 0, calls: 1 }] = usages.sessions;
  const bound = Math.floor((promptTokens + outputTokens) / 2);
  const workers = [queue.startWorker(), queue.startWorker()];
  const run = await queue.finished(queue.start(queue.args("run", "--max-tokens", String(bound))));
  await queue.end("SIGTERM", ...workers);
  expect(run.exitCode).toBe(130);
  const { operational, totals } = JSON.parse(run.stdout);
  expect(operational.stopped.code).toBe("interrupt.budget_tokens");
  expect(totals.open).toBeGreaterThan(0);
  const used = operational.promptTokens + operational.outputTokens;
  expect(used).toBeGreaterThanOrEqual(bound);
  // Twice the mean is more than any call of so short an episode.
  expect(used).toBeLessThanOrEqual(bound + 2 * concurrency * 2 * ((promptTokens + outputTokens) / calls));
  queue.expectPasswordHidden("run");
});
