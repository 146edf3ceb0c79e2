import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRng } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentOf, finished } from "../e2e/command-line.ts";
import { printedContent } from "../rollout/rollout-place.ts";
import { concurrency, episodes, lockSeconds, QueuePlace } from "./queue-place.ts";

/** Whatever happens to workers, to Redis and to the producer: a queued run ends as an undisturbed local one does. */

let queue: QueuePlace;
let undisturbed: unknown;
let callsInAll = 0;
/** Everything that was printed, for what must not be in it. */
let printed = "";

beforeAll(async () => {
  queue = await QueuePlace.open();
  const run = await queue.place.run(queue.localArgs("undisturbed"));
  expect(run).toMatchObject({ exitCode: 0 });
  undisturbed = printedContent(run.stdout);
  callsInAll = queue.calls().length;
  queue.onRequest = () => Bun.sleep(5);
});

afterAll(() => queue[Symbol.asyncDispose]());

type Child = ReturnType<QueuePlace["start"]>;

/** The run is what the undisturbed one is, every trace included, and at most `lost` calls were asked twice. */
async function expectUndisturbed(folder: string, producer: Child, from: number, lost: number): Promise<void> {
  const { exitCode, stdout, stderr } = await finished(producer);
  printed += stdout + stderr;
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(printedContent(stdout)).toEqual(undisturbed);
  expect(queue.contentOf(folder)).toEqual(queue.contentOf("undisturbed"));
  for (const id of readdirSync(queue.place.in(folder, "episodes"))) {
    const traces = [folder, "undisturbed"].map((name) => contentOf(queue.place.in(name, "episodes", id)));
    expect(traces[0]).toEqual(traces[1]);
  }
  const asked = queue.calls(from);
  expect(new Set(asked).size).toBe(callsInAll);
  expect(asked.length - callsInAll).toBeLessThanOrEqual(lost);
  queue.expectTidy(folder);
}

describe("a run played by workers", () => {
  test("killed at random and replaced: only calls under way are lost", async () => {
    const rng = createRng(20_260_703);
    const from = queue.calls().length;
    const producer = queue.start(queue.args("killed"));
    const workers = Array.from({ length: 3 }, () => queue.startWorker());
    const kills = 4;
    for (let kill = 0; kill < kills; kill++) {
      await queue.requests(Math.floor((0.05 + 0.1 * rng.next()) * callsInAll));
      await Bun.sleep(20 * rng.next());
      const [victim] = workers.splice(Math.floor(rng.next() * workers.length), 1);
      if (victim !== undefined) printed += await queue.end("SIGKILL", victim);
      workers.push(queue.startWorker());
    }
    await expectUndisturbed("killed", producer, from, kills * concurrency);
    printed += await queue.end("SIGTERM", ...workers);
  });

  test("while Redis is killed and started again: workers and producer wait for it", async () => {
    const from = queue.calls().length;
    const producer = queue.start(queue.args("restarted"));
    const workers = [queue.startWorker(), queue.startWorker()];
    await queue.requests(0.3 * callsInAll);
    await queue.redis.stop("SIGKILL");
    await Bun.sleep(500);
    await queue.redis.start();
    await queue.requests(0.3 * callsInAll);
    await queue.redis.stop("SIGTERM");
    // Longer than the locks live: every episode is given out anew.
    await Bun.sleep(1250 * lockSeconds);
    await queue.redis.start();
    await expectUndisturbed("restarted", producer, from, 4 * concurrency);
    const said = await queue.end("SIGTERM", ...workers);
    expect(said).toContain('"event":"trouble"');
    expect(said).toContain('"event":"recovered"');
    printed += said;
  });

  test("paused past its lock: another one plays on, and the late one harms nothing", async () => {
    const from = queue.calls().length;
    const producer = queue.start(queue.args("paused"));
    const late = queue.startWorker();
    await queue.requests(0.3 * callsInAll);
    late.kill("SIGSTOP");
    const tries = () =>
      readdirSync(queue.place.in("paused", "attempts")).map((id) => [id, triesOf("paused", id)] as const);
    const before = tries();
    const other = queue.startWorker("--concurrency", "1");
    // The other one has begun a try of its own at each episode that the first one holds.
    while (!before.every(([id, numbers]) => triesOf("paused", id).length !== numbers.length)) await Bun.sleep(20);
    late.kill("SIGCONT");
    await expectUndisturbed("paused", producer, from, 2 * concurrency);
    const said = await queue.end("SIGTERM", late, other);
    expect(said).toMatch(/"status":"interrupted","reason":"another worker plays the episode now"/);
    printed += said;
  });
});

/** The tries at an episode, none when it has its result. */
function triesOf(folder: string, id: string): readonly string[] {
  const path = queue.place.in(folder, "attempts", id);
  return existsSync(path) ? readdirSync(path) : [];
}

describe("producers and workers that leave", () => {
  test("Ctrl-C at a worker hands its episodes back at once; --drain ends the next one with the queue", async () => {
    const from = queue.calls().length;
    const producer = queue.start(queue.args("left"));
    const worker = queue.startWorker();
    await queue.requests(0.3 * callsInAll);
    worker.kill("SIGINT");
    const left = await finished(worker);
    expect(left).toMatchObject({ exitCode: 0 });
    expect(left.stdout.split("\n").filter((line) => line.includes('"handed_back"'))).toHaveLength(concurrency);
    const next = queue.startWorker("--drain");
    await expectUndisturbed("left", producer, from, 0);
    const drained = await finished(next);
    expect(drained).toMatchObject({ exitCode: 0, stderr: "" });
    printed += left.stdout + left.stderr + drained.stdout;
  });

  test("a producer that was killed finds its run again; one that is stopped takes it back, to be played elsewhere", async () => {
    const from = queue.calls().length;
    // Slow enough that the run is not over before the second producer has begun.
    queue.onRequest = () => Bun.sleep(60);
    const killed = queue.start(queue.args("elsewhere"));
    const worker = queue.startWorker();
    await queue.requests(0.2 * callsInAll);
    await queue.end("SIGKILL", killed);
    const stopped = queue.start(queue.resumeArgs("elsewhere", "--queue", queue.redis.url));
    await queue.requests(0.3 * callsInAll);
    queue.onRequest = () => Bun.sleep(5);
    stopped.kill("SIGINT");
    const stop = await finished(stopped);
    expect(stop).toMatchObject({ exitCode: 130 });
    printed += stop.stdout + stop.stderr;
    const asked = queue.calls().length;
    const local = queue.start(queue.resumeArgs("elsewhere"));
    await expectUndisturbed("elsewhere", local, from, 0);
    expect(queue.calls().length).toBeGreaterThan(asked);
    printed += await queue.end("SIGTERM", worker);
  });

  test("a run that a local session began is played on by workers", async () => {
    const from = queue.calls().length;
    const local = queue.start(queue.localArgs("begun-here"));
    await queue.requests(0.4 * callsInAll);
    local.kill("SIGINT");
    await finished(local);
    const worker = queue.startWorker();
    const producer = queue.start(queue.resumeArgs("begun-here", "--queue", queue.redis.url));
    await expectUndisturbed("begun-here", producer, from, 0);
    printed += await queue.end("SIGTERM", worker);
  });
});

test("the budget of a run holds for all workers together", async () => {
  const usages = JSON.parse(readFileSync(queue.place.in("undisturbed", "operational.json"), "utf8")) as {
    readonly sessions: readonly {
      readonly promptTokens: number;
      readonly outputTokens: number;
      readonly calls: number;
    }[];
  };
  const [{ promptTokens, outputTokens, calls } = { promptTokens: 0, outputTokens: 0, calls: 1 }] = usages.sessions;
  const bound = Math.floor((promptTokens + outputTokens) / 2);
  const workers = [queue.startWorker(), queue.startWorker()];
  const run = await queue.place.run(queue.args("bounded", "--max-tokens", String(bound)));
  printed += (await queue.end("SIGTERM", ...workers)) + run.stdout + run.stderr;
  expect(run.exitCode).toBe(130);
  const { operational, totals } = JSON.parse(run.stdout);
  expect(operational.stopped.code).toBe("interrupt.budget_tokens");
  expect(totals.open).toBeGreaterThan(0);
  const used = operational.promptTokens + operational.outputTokens;
  expect(used).toBeGreaterThanOrEqual(bound);
  // Twice the mean is more than any call of so short an episode.
  expect(used).toBeLessThanOrEqual(bound + 2 * concurrency * 2 * ((promptTokens + outputTokens) / calls));
});

test("the password is nowhere: not in what was printed, not in any file of a run", () => {
  expect(printed).toContain('"event":"ready"');
  expect(printed).not.toContain(queue.redis.password);
  for (const folder of ["killed", "restarted", "paused", "left", "elsewhere", "bounded"]) {
    for (const name of queue.place.entries(folder).filter((name) => /\.(json|jsonl|pack)$/.test(name))) {
      expect(readFileSync(queue.place.in(name), "utf8")).not.toContain(queue.redis.password);
    }
  }
  expect(episodes).toBe(queue.contentOf("killed").length);
});
