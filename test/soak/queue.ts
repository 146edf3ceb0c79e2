/**
 * `bun run soak [--minutes N] [--seed N] [--json]`: runs after runs on workers that are killed and paused, and a Redis that is restarted, at
 * random. Each run has to end as the undisturbed one did. Exit code 1 when one does not.
 */

import { parseArgs } from "node:util";
import { createRng, type Rng } from "@metamem/core";
import { ProgressLine } from "../../packages/cli/bootstrap/progress.ts";
import { type Child, impatient, lockSeconds, PlayerServer, QueuePlace } from "../queue/queue-place.ts";
import { printedContent } from "../rollout/rollout-place.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error("--minutes must be a number above 0");
  process.exit(2);
}

const workersAtOnce = 3;
const counts = { runs: 0, kills: 0, pauses: 0, redisRestarts: 0, calls: 0, callsAskedAgain: 0 };

/** One mischief every second or so from the first call on until `over`. */
async function disturb(queue: QueuePlace, workers: Child[], rng: Rng, over: () => boolean): Promise<void> {
  const asked = player.calls().length;
  while (player.calls().length === asked && !over()) await Bun.sleep(20);
  while (!over()) {
    await Bun.sleep(200 + 1200 * rng.next());
    // One that began while Redis was away has left: a cluster starts it again.
    for (const [at, { exitCode }] of workers.entries())
      if (exitCode !== null) workers[at] = queue.startWorker(...impatient);
    const index = Math.floor(rng.next() * workers.length);
    const worker = workers[index];
    const what = rng.next();
    if (over() || worker === undefined) return;
    if (what < 0.5) {
      counts.kills += 1;
      await queue.end("SIGKILL", worker);
      workers[index] = queue.startWorker(...impatient);
    } else if (what < 0.8) {
      counts.pauses += 1;
      worker.kill("SIGSTOP");
      await Bun.sleep(1000 * lockSeconds * (0.5 + 2 * rng.next()));
      worker.kill("SIGCONT");
    } else {
      counts.redisRestarts += 1;
      await queue.redis.stop(what < 0.9 ? "SIGKILL" : "SIGTERM");
      await Bun.sleep(1500 * lockSeconds * rng.next());
      await queue.redis.start();
    }
  }
}

/** What went wrong; null when the run is as the undisturbed one. */
async function playOne(queue: QueuePlace, undisturbed: string, rng: Rng): Promise<string | null> {
  const folder = `run-${counts.runs}`;
  const from = player.calls().length;
  const producer = queue.start(queue.args(folder));
  const workers = Array.from({ length: workersAtOnce }, () => queue.startWorker(...impatient));
  const disturbing = disturb(queue, workers, rng, () => producer.exitCode !== null);
  const { exitCode, stdout, stderr } = await queue.finished(producer);
  await disturbing;
  await queue.end("SIGTERM", ...workers);
  if (exitCode !== 0) return `${folder} ended with exit code ${exitCode}: ${stderr}`;
  if (JSON.stringify(printedContent(stdout)) !== undisturbed) return `${folder} differs from the undisturbed run`;
  if (JSON.stringify(queue.contentOf(folder)) !== JSON.stringify(queue.contentOf("undisturbed"))) {
    return `the results in ${folder} differ from the undisturbed ones`;
  }
  const asked = player.calls(from);
  counts.runs += 1;
  counts.calls += asked.length;
  counts.callsAskedAgain += asked.length - new Set(asked).size;
  return null;
}

async function soak(queue: QueuePlace): Promise<string | null> {
  const alone = await queue.finished(queue.start(queue.localArgs("undisturbed")));
  const undisturbed = JSON.stringify(printedContent(alone.stdout));
  player.onRequest = () => Bun.sleep(20);
  const rng = createRng(Number(values.seed));
  const line = new ProgressLine(`queues, ${minutes} min`);
  const began = performance.now();
  const passed = (): number => Math.min(1, (performance.now() - began) / (60_000 * minutes));
  const timer = setInterval(() => line.update(passed()), 1000);
  let problem: string | null = null;
  while (problem === null && passed() < 1) problem = await playOne(queue, undisturbed, rng);
  clearInterval(timer);
  if (problem === null) line.finish();
  else line.abandon();
  return problem;
}

await using player = await PlayerServer.start();
await using queue = await QueuePlace.open(player);
const problem = await soak(queue);
const result = { schema: "metamem.soak/1", part: "queue", minutes, ...counts, problem };
const { runs, kills, pauses, redisRestarts, calls, callsAskedAgain } = counts;
const summary = `${runs} runs as undisturbed: ${kills} workers killed, ${pauses} paused, Redis restarted ${redisRestarts} times; ${calls} calls, ${callsAskedAgain} of them asked again`;
console.log(values.json ? JSON.stringify(result) : problem === null ? summary : `failed: ${problem}`);
process.exitCode = problem === null ? 0 : 1;
