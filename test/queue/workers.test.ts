import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRng } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, type TestContext, test, vi } from "vitest";
import { contentOf } from "../e2e/command-line.ts";
import { printedContent } from "../rollout/rollout-place.ts";
import { type Child, concurrency, episodes, impatient, lockSeconds, PlayerServer, QueuePlace } from "./queue-place.ts";

/** Whatever happens to workers, to Redis and to the producer: a queued run ends as an undisturbed local one does. */

// A busy machine takes many times as long as an idle one.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let player: PlayerServer;
let local: QueuePlace;
let undisturbed: unknown;
let callsInAll = 0;

beforeAll(async () => {
  player = await PlayerServer.start();
  local = await QueuePlace.open(player);
  const run = await local.finished(local.start(local.localArgs("undisturbed")));
  expect(run).toMatchObject({ exitCode: 0 });
  undisturbed = printedContent(run.stdout);
  callsInAll = player.calls().length;
  player.onRequest = briefly;
});

afterAll(async () => {
  await local[Symbol.asyncDispose]();
  await player[Symbol.asyncDispose]();
});

function briefly(): Promise<void> {
  return Bun.sleep(5);
}

/** Ends with the test however that ends, and everything that runs there with it. */
async function openQueue({ onTestFinished }: TestContext): Promise<QueuePlace> {
  const queue = await QueuePlace.open(player);
  onTestFinished(() => queue[Symbol.asyncDispose]());
  return queue;
}

/** The run is what the undisturbed one is, every trace included, and at most `lost` calls were asked twice. */
async function expectUndisturbed(queue: QueuePlace, producer: Child, from: number, lost: number): Promise<void> {
  const { exitCode, stdout, stderr } = await queue.finished(producer);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(printedContent(stdout)).toEqual(undisturbed);
  expect(queue.contentOf("run")).toEqual(local.contentOf("undisturbed"));
  for (const id of readdirSync(queue.place.in("run", "episodes"))) {
    const trace = contentOf(queue.place.in("run", "episodes", id));
    expect(trace).toEqual(contentOf(local.place.in("undisturbed", "episodes", id)));
  }
  const asked = player.calls(from);
  expect(new Set(asked).size).toBe(callsInAll);
  expect(asked.length - callsInAll).toBeLessThanOrEqual(lost);
  queue.expectTidy("run");
}

describe("a run played by workers", () => {
  test("killed at random and replaced: only calls under way are lost", async (context) => {
    const queue = await openQueue(context);
    const rng = createRng(20_260_703);
    const from = player.calls().length;
    const producer = queue.start(queue.args("run"));
    const workers = Array.from({ length: 3 }, () => queue.startWorker(...impatient));
    const kills = 4;
    for (let kill = 0; kill < kills; kill++) {
      await queue.requests(Math.floor((0.05 + 0.1 * rng.next()) * callsInAll));
      await Bun.sleep(20 * rng.next());
      const [victim] = workers.splice(Math.floor(rng.next() * workers.length), 1);
      if (victim !== undefined) await queue.end("SIGKILL", victim);
      workers.push(queue.startWorker(...impatient));
    }
    await expectUndisturbed(queue, producer, from, kills * concurrency);
    await queue.end("SIGTERM", ...workers);
    queue.expectPasswordHidden("run");
  });

  test("while Redis is killed and started again: workers and producer wait for it", async (context) => {
    const queue = await openQueue(context);
    const from = player.calls().length;
    const producer = queue.start(queue.args("run"));
    const workers = [queue.startWorker(...impatient), queue.startWorker(...impatient)];
    await queue.requests(0.3 * callsInAll);
    await queue.redis.stop("SIGKILL");
    await Bun.sleep(500);
    await queue.redis.start();
    await queue.requests(0.3 * callsInAll);
    await queue.redis.stop("SIGTERM");
    // Longer than the locks live: every episode is given out anew.
    await Bun.sleep(1250 * lockSeconds);
    await queue.redis.start();
    await expectUndisturbed(queue, producer, from, 4 * concurrency);
    const said = await queue.end("SIGTERM", ...workers);
    expect(said).toContain('"event":"trouble"');
    expect(said).toContain('"event":"recovered"');
    queue.expectPasswordHidden("run");
  });

  test("paused past its lock: another one plays on, and the late one harms nothing", async (context) => {
    const queue = await openQueue(context);
    const from = player.calls().length;
    const producer = queue.start(queue.args("run"));
    const late = queue.startWorker(...impatient);
    await queue.requests(0.3 * callsInAll);
    late.kill("SIGSTOP");
    const overtaken = Promise.withResolvers<void>();
    context.onTestFinished(() => {
      player.onRequest = briefly;
      overtaken.resolve();
    });
    player.onRequest = () => overtaken.promise;
    const before = readdirSync(queue.place.in("run", "attempts")).map((id) => [id, triesOf(queue, id).length] as const);
    // It holds the waiting episodes as well, and plays none of them until the late one is back.
    const other = queue.startWorker(...impatient, "--concurrency", String(episodes));
    // The other one has begun a try of its own at each episode that the first one holds.
    await queue.until(() => before.every(([id, tries]) => triesOf(queue, id).length !== tries));
    late.kill("SIGCONT");
    const said = /"status":"interrupted","reason":"another worker plays the episode now"/;
    await queue.until(() => said.test(queue.saidBy(late)));
    overtaken.resolve();
    await expectUndisturbed(queue, producer, from, 2 * concurrency);
    await queue.end("SIGTERM", late, other);
    queue.expectPasswordHidden("run");
  });
});

/** The tries at an episode, none when it has its result. */
function triesOf(queue: QueuePlace, id: string): readonly string[] {
  const path = queue.place.in("run", "attempts", id);
  return existsSync(path) ? readdirSync(path) : [];
}

describe("producers and workers that leave", () => {
  test("Ctrl-C at a worker hands its episodes back at once; --drain ends the next one with the queue", async (context) => {
    const queue = await openQueue(context);
    const from = player.calls().length;
    const producer = queue.start(queue.args("run"));
    const worker = queue.startWorker();
    await queue.requests(0.3 * callsInAll);
    worker.kill("SIGINT");
    const left = await queue.finished(worker);
    expect(left).toMatchObject({ exitCode: 0 });
    expect(left.stdout.split("\n").filter((line) => line.includes('"handed_back"'))).toHaveLength(concurrency);
    const next = queue.startWorker("--drain");
    await expectUndisturbed(queue, producer, from, 0);
    expect(await queue.finished(next)).toMatchObject({ exitCode: 0, stderr: "" });
    queue.expectPasswordHidden("run");
  });

  test("a producer that was killed finds its run again; one that is stopped takes it back, to be played elsewhere", async (context) => {
    const queue = await openQueue(context);
    const from = player.calls().length;
    // The run waits until the second producer has it, and is too slow from then on to be over before that one is stopped.
    const resumed = Promise.withResolvers<void>();
    const slowly = () => resumed.promise.then(() => Bun.sleep(200));
    player.onRequest = () => (player.calls(from).length < 0.4 * callsInAll ? briefly() : slowly());
    context.onTestFinished(() => {
      player.onRequest = briefly;
      resumed.resolve();
    });
    const lock = () => readFileSync(queue.place.in("run", "lock"), "utf8");
    const killed = queue.start(queue.args("run"));
    const worker = queue.startWorker();
    await queue.requests(0.2 * callsInAll);
    await queue.end("SIGKILL", killed);
    const lockOfKilled = lock();
    const stopped = queue.start(queue.resumeArgs("run", "--queue", queue.redis.url));
    await queue.until(() => existsSync(queue.place.in("run", "lock")) && lock() !== lockOfKilled);
    resumed.resolve();
    stopped.kill("SIGINT");
    expect(await queue.finished(stopped)).toMatchObject({ exitCode: 130 });
    player.onRequest = briefly;
    const asked = player.calls().length;
    const here = queue.start(queue.resumeArgs("run"));
    await expectUndisturbed(queue, here, from, 0);
    expect(player.calls().length).toBeGreaterThan(asked);
    await queue.end("SIGTERM", worker);
    queue.expectPasswordHidden("run");
  });

  test("a run that a local session began is played on by workers", async (context) => {
    const queue = await openQueue(context);
    const from = player.calls().length;
    const begun = queue.start(queue.localArgs("run"));
    await queue.requests(0.4 * callsInAll);
    begun.kill("SIGINT");
    await queue.finished(begun);
    const worker = queue.startWorker();
    const producer = queue.start(queue.resumeArgs("run", "--queue", queue.redis.url));
    await expectUndisturbed(queue, producer, from, 0);
    await queue.end("SIGTERM", worker);
  });
});

test("the budget of a run holds for all workers together", async (context) => {
  const queue = await openQueue(context);
  const usages = JSON.parse(readFileSync(local.place.in("undisturbed", "operational.json"), "utf8")) as {
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
