/** Plays one rollout in a process of its own, so that memory and CPU time are the harness's alone, and prints what it measured as JSON. */

import { type RolloutResult, type RunMonitor, resolveConfig, resumeRollout, startRollout } from "@metamem/loops";

/** What a harness process is told, as JSON in its one argument. */
export interface HarnessTask {
  readonly env: string;
  readonly model: string;
  readonly out: string;
  readonly episodes: number;
  readonly steps: number;
  readonly concurrency: number;
  /** Play on instead of beginning. */
  readonly resume: boolean;
  /** Played first and not measured, so that the engine has compiled what a long rollout runs. */
  readonly warmUp?: HarnessTask;
}

export interface HarnessResult {
  readonly calls: number;
  readonly steps: number;
  readonly seconds: number;
  /** CPU milliseconds per call, one value per window. */
  readonly cpuPerCall: readonly number[];
  /** Largest resident size of the process, in MB. */
  readonly rssMb: number;
}

const windowMs = 500;
/** A window with fewer calls says nothing. */
const windowCalls = 100;

/** Watches CPU time per call while a run goes on. */
class Meter {
  readonly cpuPerCall: number[] = [];
  private monitor: RunMonitor | null = null;
  private calls = 0;
  private cpu = process.cpuUsage();
  private readonly timer = setInterval(() => this.look(), windowMs);

  start(monitor: RunMonitor): void {
    this.monitor = monitor;
    this.cpu = process.cpuUsage();
  }

  stop(): void {
    this.look();
    clearInterval(this.timer);
  }

  private look(): void {
    const calls = this.monitor?.session.calls ?? 0;
    if (calls - this.calls < windowCalls) return;
    const { user, system } = process.cpuUsage(this.cpu);
    this.cpuPerCall.push((user + system) / 1000 / (calls - this.calls));
    this.calls = calls;
    this.cpu = process.cpuUsage();
  }
}

async function measure(task: HarnessTask): Promise<HarnessResult> {
  if (task.warmUp !== undefined) await play(task.warmUp, () => {});
  const meter = new Meter();
  const began = performance.now();
  const { totals, operational } = await play(task, (monitor) => meter.start(monitor));
  const seconds = (performance.now() - began) / 1000;
  meter.stop();
  return {
    calls: operational.calls,
    steps: totals.steps,
    seconds,
    cpuPerCall: meter.cpuPerCall,
    rssMb: process.resourceUsage().maxRSS / 1024,
  };
}

async function play(task: HarnessTask, onStart: (monitor: RunMonitor) => void): Promise<RolloutResult> {
  const { env, model, out, episodes, steps, concurrency } = task;
  const config = resolveConfig({ worlds: `seeds:0-${episodes - 1}`, env: [env], model, maxSteps: steps, concurrency });
  const options = { signal: new AbortController().signal, onStart };
  const result = task.resume
    ? await resumeRollout(out, { operation: () => config.operation }, options)
    : await startRollout(config, out, options);
  if (result.totals.open > 0)
    throw new Error(`${result.totals.open} episodes are open: ${JSON.stringify(result.operational.open)}`);
  return result;
}

const [argument] = process.argv.slice(2);
if (argument !== undefined)
  process.stdout.write(`${JSON.stringify(await measure(JSON.parse(argument) as HarnessTask))}\n`);
