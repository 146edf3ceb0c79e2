import { maxParallelRequests } from "@metamem/core";
import type { Worker } from "bullmq";
import { Budget } from "../rollout/budget.ts";
import { fixedLevel, RunGate } from "../rollout/call-gate.ts";
import { AdaptiveLevel } from "../rollout/concurrency.ts";
import { MetricsWatch, metricsMs } from "../servers/metrics-watch.ts";
import { watchedRoots } from "../servers/watched-roots.ts";

/** What runs may use is counted in Redis, for all workers together. */
const unbounded = { budget: { cost: null, tokens: null, minutes: null }, prices: { memory: null, gameplay: null } };

/**
 * How much one worker does at a time, over all runs that it plays: as many episodes are open as calls may be under way. A level that falls closes
 * none of them: they share what is left.
 */
export class WorkerLoad implements Disposable {
  readonly calls: RunGate;
  private readonly adaptive: boolean;
  private readonly watched = new Set<string>();
  private readonly ending = new AbortController();

  /** @param concurrency a number pins the level. */
  constructor(concurrency: number | "auto") {
    this.adaptive = concurrency === "auto";
    const level = concurrency === "auto" ? new AdaptiveLevel(maxParallelRequests()) : fixedLevel(concurrency);
    this.calls = new RunGate(new Budget(unbounded), level);
  }

  get level(): number {
    return this.calls.level;
  }

  /** Lets `worker` hold as many jobs as the level says, from now on. `onLevel` is told of each change. */
  govern(worker: Pick<Worker, "concurrency" | "pause" | "resume">, onLevel: (level: number) => void): void {
    let waking = Promise.resolve();
    this.calls.onLevel = () => {
      const more = this.level > worker.concurrency;
      worker.concurrency = this.level;
      onLevel(this.level);
      // BullMQ looks at the number when a job ends, which may be hours from now; a worker that resumes looks at once.
      if (more) waking = waking.then(() => worker.pause(true)).then(() => worker.resume());
    };
  }

  /** Learns from the metrics of these models' servers too, while the level is its own to find. */
  watch(models: Iterable<string>): void {
    if (!this.adaptive) return;
    const roots = watchedRoots(models).filter((root) => !this.watched.has(root));
    for (const root of roots) this.watched.add(root);
    if (roots.length === 0) return;
    const watch = new MetricsWatch(roots, (_reading, pressure) => {
      if (pressure === "over") this.calls.queueGrew();
    });
    void watch.run(metricsMs, this.ending.signal);
  }

  [Symbol.dispose](): void {
    this.calls.onLevel = () => {};
    this.ending.abort();
  }
}
