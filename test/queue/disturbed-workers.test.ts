import { existsSync, readdirSync } from "node:fs";
import { createRng } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { episodes, impatient, lockSeconds, type QueuePlace } from "./queue-place.ts";
import { Undisturbed } from "./undisturbed.ts";

/** Whatever happens to workers and to Redis: a queued run ends as an undisturbed local one does. */

// A busy machine takes many times as long as an idle one.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let undisturbed: Undisturbed;
beforeAll(async () => {
  undisturbed = await Undisturbed.play();
});
afterAll(() => undisturbed[Symbol.asyncDispose]());

describe("a run played by workers", () => {
  test("killed at random and replaced: only calls under way are lost", async () => {
    const { player, calls } = undisturbed;
    const queue = await undisturbed.open();
    const rng = createRng(20_260_703);
    const from = player.calls().length;
    const producer = queue.start(queue.args("run"));
    const workers = Array.from({ length: 3 }, () => queue.startWorker(...impatient));
    for (let kill = 0; kill < 4; kill++) {
      await player.let((0.05 + 0.1 * rng.next()) * calls);
      await Bun.sleep(20 * rng.next());
      const [victim] = workers.splice(Math.floor(rng.next() * workers.length), 1);
      if (victim !== undefined) await queue.end("SIGKILL", victim);
      workers.push(queue.startWorker(...impatient));
    }
    player.letAll();
    await undisturbed.expectSame(queue, producer, from, "takeovers");
    await queue.end("SIGTERM", ...workers);
    queue.expectPasswordHidden("run");
  });

  test("while Redis is killed and started again: workers and producer wait for it", async () => {
    const { player, calls } = undisturbed;
    const queue = await undisturbed.open();
    const from = player.calls().length;
    const producer = queue.start(queue.args("run"));
    const workers = [queue.startWorker(...impatient), queue.startWorker(...impatient)];
    await player.let(0.3 * calls);
    await queue.redis.stop("SIGKILL");
    await queue.redis.start();
    await player.let(0.3 * calls);
    await queue.redis.stop("SIGTERM");
    // Longer than the locks live: every episode is given out anew.
    await Bun.sleep(1250 * lockSeconds);
    await queue.redis.start();
    player.letAll();
    await undisturbed.expectSame(queue, producer, from, "takeovers");
    const said = await queue.end("SIGTERM", ...workers);
    expect(said).toContain('"event":"trouble"');
    expect(said).toContain('"event":"recovered"');
    queue.expectPasswordHidden("run");
  });

  test("paused past its lock: another one plays on, and the late one harms nothing", async () => {
    const { player, fewCalls } = undisturbed;
    const queue = await undisturbed.open();
    const from = player.calls().length;
    const producer = queue.start(queue.args("run"));
    const late = queue.startWorker(...impatient);
    await player.let(fewCalls);
    late.kill("SIGSTOP");
    const before = readdirSync(queue.place.in("run", "attempts")).map((id) => [id, triesOf(queue, id).length] as const);
    // It holds the waiting episodes as well, and gets no answer for any of them until the late one is back.
    const other = queue.startWorker(...impatient, "--concurrency", String(episodes));
    // The other one has begun a try of its own at each episode that the first one holds.
    await queue.until(() => before.every(([id, tries]) => triesOf(queue, id).length > tries));
    late.kill("SIGCONT");
    const said = /"status":"interrupted","reason":"another worker plays the episode now"/;
    await queue.until(() => said.test(queue.saidBy(late)));
    player.letAll();
    await undisturbed.expectSame(queue, producer, from, "takeovers");
    await queue.end("SIGTERM", late, other);
    queue.expectPasswordHidden("run");
  });
});

/** The tries at an episode. */
function triesOf(queue: QueuePlace, id: string): readonly string[] {
  const path = queue.place.in("run", "attempts", id);
  return existsSync(path) ? readdirSync(path) : [];
}
