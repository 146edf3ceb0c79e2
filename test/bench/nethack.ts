/**
 * `bench env --env nethack`: how fast NetHack plays in this process, beside the upstream library built from the same sources. Both take turns, round by
 * round, so that a busy machine slows both alike; medians count.
 */

import { availableParallelism, loadavg } from "node:os";
import { SetupError } from "@metamem/core";
import { nethackFamily, nethackIsBuilt } from "@metamem/native-env";
import { privateKilobytes } from "../soak/private-memory.ts";
import type { BenchOptions, BenchResult } from "./bench.ts";
import { KeyTable, TextPlay } from "./nethack-play.ts";
import { type NativeRound, NethackReference } from "./nethack-reference.ts";

const rounds = 5;
const secondsPerTurn = 1;
/** The native tool takes five turns of its own with each library in a round. */
const secondsOfReference = 0.2;
const resetsPerRound = 20;
const tableSize = 128;
const gamesForMemory = 64;
/** Waiting programs, beyond which a machine is not quiet. */
const busyLoad = 0.5;
/** Measured elsewhere, on machines like those this project is built on: the benchmark's Python stack with full texts. */
const recordedPythonRate = 2900;

interface Measurements {
  readonly step: number[];
  readonly stepText: number[];
  readonly roundRobin: number[];
  readonly resets: number[];
  readonly workers: number[];
  readonly reference: NativeRound[];
}

export async function benchNethack({ note }: Pick<BenchOptions, "note">): Promise<readonly BenchResult[]> {
  if (!nethackIsBuilt()) throw new SetupError("nethack_missing", "NetHack is not built; run 'bun run build:nethack'");
  const [load = 0] = loadavg();
  if (load > busyLoad) {
    note(
      `other programs run here (load ${load.toFixed(1)} on ${availableParallelism()} cores): only the ratios of one core mean something`,
    );
  }
  const instanceKb = instanceKilobytes();
  const reference = await NethackReference.build(note);
  const measured: Measurements = { step: [], stepText: [], roundRobin: [], resets: [], workers: [], reference: [] };
  await measure(measured, reference);
  note(
    `medians of ${rounds} rounds; reference: the upstream library with upstream's flags, played by a native program`,
  );
  note("nethack.step_text: the reference is recorded (2 300 to 2 900 steps/s of the Python stack), not measured now");
  return results(measured, instanceKb);
}

async function measure(measured: Measurements, reference: NethackReference | null): Promise<void> {
  const [task] = nethackFamily.tasks;
  if (task === undefined) throw new Error("NetHack has no task");
  using cleanup = new DisposableStack();
  const one = cleanup.adopt(new KeyTable(1), (table) => table.close());
  const many = cleanup.adopt(new KeyTable(tableSize), (table) => table.close());
  const text = new TextPlay(cleanup.adopt(await nethackFamily.open(task), (environment) => environment.close()));
  const pair = [await startWorker(), await startWorker()];
  for (const worker of pair) cleanup.defer(() => worker.terminate());
  for (let round = 0; round < rounds; round++) {
    showProgress(`round ${round + 1} of ${rounds}`);
    measured.step.push(one.rate(secondsPerTurn));
    measured.stepText.push(text.rate(secondsPerTurn));
    measured.roundRobin.push(many.rate(secondsPerTurn));
    for (let reset = 0; reset < resetsPerRound; reset++) measured.resets.push(one.resetMilliseconds());
    measured.workers.push(await workerRatio(pair));
    if (reference !== null) measured.reference.push(await reference.round(secondsOfReference));
  }
  showProgress("");
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("nethack-worker.ts", import.meta.url).href);
  await answerOf(worker);
  return worker;
}

function answerOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}

/** Steps of two Workers at once over those of one alone. */
async function workerRatio(workers: readonly Worker[]): Promise<number> {
  const rates = async (asked: readonly Worker[]) => {
    const answers = asked.map(answerOf);
    for (const worker of asked) worker.postMessage(secondsPerTurn);
    return sum((await Promise.all(answers)) as number[]);
  };
  const alone = await rates(workers.slice(0, 1));
  return (await rates(workers)) / alone;
}

/** Private memory per game on its first level. */
function instanceKilobytes(): number {
  // The first game brings what all share.
  const first = new KeyTable(1);
  const before = privateKilobytes();
  const table = new KeyTable(gamesForMemory);
  const kilobytes = (privateKilobytes() - before) / gamesForMemory;
  table.close();
  first.close();
  return kilobytes;
}

function results(measured: Measurements, instanceKb: number): BenchResult[] {
  const { reference } = measured;
  const of = (pick: (round: NativeRound) => number) => (reference.length === 0 ? null : median(reference.map(pick)));
  return [
    rate(
      "nethack.step",
      median(measured.step),
      of(({ step }) => step.reference),
    ),
    rate("nethack.step_text", median(measured.stepText), recordedPythonRate),
    rate(
      "nethack.round_robin_128",
      median(measured.roundRobin),
      of((round) => round.round_robin_128.reference),
    ),
    {
      name: "nethack.two_workers",
      value: median(measured.workers),
      unit: "times one",
      reference: 1,
      ratio: median(measured.workers),
    },
    less(
      "nethack.reset_ms",
      median(measured.resets),
      "ms",
      of((round) => round.reset_ms.reference),
    ),
    less("nethack.instance_kb", instanceKb, "kB", null),
  ];
}

/** `ratio` says how many times better than the reference we are. */
function rate(name: string, value: number, reference: number | null): BenchResult {
  return { name, value, unit: "steps/s", reference, ratio: reference === null ? null : value / reference };
}

function less(name: string, value: number, unit: string, reference: number | null): BenchResult {
  return { name, value, unit, reference, ratio: reference === null ? null : reference / value };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** One line on a terminal that the next one replaces; nothing elsewhere. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
