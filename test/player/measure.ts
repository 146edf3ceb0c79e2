/**
 * How well a rule-based player plays, and what its memory is worth to it. From the root of a built checkout:
 *
 *   bun test/player/measure.ts --seeds 42-51
 *   bun test/player/measure.ts --env nethack --seeds 1000-1049 --paired
 *
 * Plays whole episodes (default task, scaffold memory-v0, default protocol) and prints one line per world, then mean progression ± standard
 * error in percent, model calls per step and seconds per episode. `--env NAME` is the game (default crafter). `--paired` plays every world a
 * second time with all results of memory reads emptied, and prints the mean difference with its 95 % bootstrap interval. `--steps N` shortens
 * the episodes, `--scaffold NAME` plays another bundle, `--jobs N` uses N processes (default 2).
 */
import { parseArgs } from "node:util";
import { createRng } from "@metamem/core";
import { playScripted, type ScriptedOutcome } from "./play-scripted.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "42-51" },
    paired: { type: "boolean", default: false },
    env: { type: "string", default: "crafter" },
    steps: { type: "string" },
    scaffold: { type: "string", default: "memory-v0" },
    jobs: { type: "string", default: "2" },
    worker: { type: "string" },
  },
});

interface Task {
  readonly seed: number;
  readonly blankReads: boolean;
}

type Measured = Task & Omit<ScriptedOutcome, "files" | "seed">;

if (values.worker === undefined) await measure();
else await work(JSON.parse(values.worker));

async function measure(): Promise<void> {
  const [first = 0, last = first] = values.seeds.split("-").map(Number);
  const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const plain = seeds.map((seed) => ({ seed, blankReads: false }));
  const tasks = values.paired ? [...plain, ...plain.map((task) => ({ ...task, blankReads: true }))] : plain;
  const jobs = Math.max(1, Number(values.jobs));
  const shares = Array.from({ length: jobs }, (_, job) => tasks.filter((_task, index) => index % jobs === job));
  const results = (await Promise.all(shares.map(runWorker))).flat();
  const withMemory = seeds.map((seed) => found(results, seed, false));
  report("with memory", withMemory);
  if (!values.paired) return;
  const without = seeds.map((seed) => found(results, seed, true));
  report("reads blanked", without);
  const gains = seeds.map((_, i) => (withMemory[i]?.progression ?? 0) - (without[i]?.progression ?? 0));
  const [low, high] = bootstrapInterval(gains);
  console.log(
    `difference: ${percent(mean(gains))} points, 95 % interval ${percent(low)} to ${percent(high)}, ${gains.length} worlds`,
  );
}

function found(results: readonly Measured[], seed: number, blankReads: boolean): Measured {
  const result = results.find((candidate) => candidate.seed === seed && candidate.blankReads === blankReads);
  if (result === undefined) throw new Error(`no result for seed ${seed}`);
  return result;
}

/** Plays a share of the episodes in a process of its own, which prints one JSON line for each. */
async function runWorker(tasks: readonly Task[]): Promise<Measured[]> {
  const options = ["--env", values.env, "--scaffold", values.scaffold, "--worker", JSON.stringify(tasks)];
  if (values.steps !== undefined) options.push("--steps", values.steps);
  const child = Bun.spawn([process.execPath, import.meta.path, ...options], { stdout: "pipe", stderr: "inherit" });
  const output = await new Response(child.stdout).text();
  if ((await child.exited) !== 0) throw new Error("a worker failed");
  return output
    .trim()
    .split("\n")
    .map((line): Measured => JSON.parse(line));
}

async function work(tasks: readonly Task[]): Promise<void> {
  for (const task of tasks) {
    const { files: _, ...outcome } = await playScripted({
      ...task,
      env: values.env,
      scaffold: values.scaffold,
      ...(values.steps === undefined ? {} : { maxSteps: Number(values.steps) }),
    });
    console.log(JSON.stringify({ ...task, ...outcome }));
  }
}

function report(title: string, results: readonly Measured[]): void {
  console.log(`${title}:`);
  for (const { seed, progression, steps, reason } of results) {
    console.log(`  seed ${seed}: ${percent(progression)} % in ${steps} steps (${reason})`);
  }
  const scores = results.map((result) => result.progression);
  const steps = sum(results.map((result) => result.steps));
  const calls = sum(results.map((result) => result.calls)) / steps;
  const seconds = sum(results.map((result) => result.seconds));
  console.log(`  mean progression ${percent(mean(scores))} ± ${percent(standardError(scores))} %`);
  console.log(
    `  ${calls.toFixed(2)} model calls per step, ${((2000 * seconds) / steps).toFixed(1)} s per 2000 steps, ${(seconds / results.length).toFixed(1)} s per episode`,
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

function standardError(numbers: readonly number[]): number {
  const centre = mean(numbers);
  return Math.sqrt(sum(numbers.map((value) => (value - centre) ** 2)) / (numbers.length - 1) / numbers.length);
}

/** Percentile bootstrap of the mean over worlds; its chance is fixed, so that equal results give equal intervals. */
function bootstrapInterval(numbers: readonly number[]): [low: number, high: number] {
  const rng = createRng(1);
  const means = Array.from({ length: 10_000 }, () => mean(numbers.map(() => rng.pick(numbers)))).sort((a, b) => a - b);
  return [means[250] ?? Number.NaN, means[9749] ?? Number.NaN];
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(2);
}
