import { type Hash, lockFolder } from "@metamem/core";
import { prepareEpisode } from "../prepare-episode.ts";
import { takeFromWorkers } from "../queue/hand-over.ts";
import { LeftTries } from "../queue/left-tries.ts";
import { type AdapterRecord, examineAdapters, foldersOf, recordAdapters } from "../servers/adapter-record.ts";
import { MetricsWatch, metricsMs } from "../servers/metrics-watch.ts";
import { watchedRoots } from "../servers/watched-roots.ts";
import { Budget } from "./budget.ts";
import { type Level, RunGate } from "./call-gate.ts";
import { chosenEngine, type EngineParts } from "./chosen-engine.ts";
import { chosenLevel } from "./chosen-level.ts";
import type { OperationConfig } from "./config.ts";
import { CrashLog, recordLeftFlights } from "./crash-log.ts";
import type { RolloutEngine } from "./engine.ts";
import { clearFlights } from "./flight-record.ts";
import { ModelPool } from "./model-pool.ts";
import { RunMonitor } from "./monitor.ts";
import { writeOperational } from "./operational.ts";
import { type PlannedEpisode, planHash, type RolloutPlan } from "./plan.ts";
import { dependsOnUse, insistOnPrices } from "./price-check.ts";
import { contentOf, type RolloutResult } from "./rollout-result.ts";
import type { RunFolder } from "./run-folder.ts";
import { SessionStop } from "./session-stop.ts";
import { type Settled, settledOf } from "./settled.ts";
import { countEarlier } from "./used-before.ts";

export interface SessionOptions {
  /** Firing it stops the run gently: no call begins any more, those under way may still be answered for a moment. */
  readonly signal: AbortSignal;
  readonly restartChanged?: boolean | undefined;
  /** Another engine than the one that the number of shards asks for. */
  readonly engine?: ((parts: EngineParts) => RolloutEngine) | undefined;
  /** Calls that may be under way, where such an engine knows better than the settings. */
  readonly level?: Level | undefined;
  /** Called when play begins. */
  readonly onStart?: (monitor: RunMonitor, folder: string) => void;
}

/** Seconds between snapshots of operational.json. */
const snapshotSeconds = 15;

/** One run of the program on a run folder: from the first thing that could fail to the result. */
export class Session {
  private readonly plan: RolloutPlan;
  private readonly operation: OperationConfig;
  private readonly options: SessionOptions;
  private readonly startedAt = new Date();
  private readonly specs: ReadonlySet<string>;
  private readonly gate: RunGate;
  private readonly models: ModelPool;
  private readonly metrics: MetricsWatch;
  private readonly stop: SessionStop;
  private adapters: AdapterRecord = {};

  constructor(plan: RolloutPlan, operation: OperationConfig, options: SessionOptions) {
    this.plan = plan;
    this.operation = operation;
    this.options = options;
    this.specs = new Set(plan.episodes.flatMap(({ resolved }) => Object.values(resolved.spec.models)));
    insistOnPrices(plan, operation);
    this.gate = new RunGate(new Budget(operation), options.level ?? chosenLevel(this.specs, operation));
    const folders = () => foldersOf(this.adapters);
    this.models = new ModelPool(this.gate, operation.limits.callSeconds, options.signal, folders);
    this.metrics = new MetricsWatch(watchedRoots(this.specs), (_reading, pressure) => {
      if (pressure === "over") this.gate.queueGrew();
    });
    this.stop = new SessionStop(this.gate);
  }

  /**
   * Looks at the adapters, opens one episode of each family and reaches all models, and closes the episodes again: what cannot work fails before
   * anything is written.
   * @param recorded the adapters of the run's earlier sessions.
   */
  async preflight(
    episodes: readonly PlannedEpisode[] = this.plan.episodes,
    recorded: AdapterRecord = {},
  ): Promise<void> {
    if (episodes.length === 0) return;
    this.adapters = await examineAdapters(this.operation.adapters, this.specs, recorded);
    const firsts = new Map(episodes.map((episode) => [episode.resolved.family.name, episode] as const).reverse());
    for (const { resolved } of firsts.values()) {
      const shared: ModelPool["roles"] = (spec, family) => this.models.roles(spec, family);
      const prepared = await prepareEpisode(resolved, { signal: this.options.signal, shared });
      prepared.close();
    }
  }

  /** Plays what has no result yet. The run's lock is held meanwhile. */
  async play(run: RunFolder): Promise<RolloutResult> {
    const unlock = lockFolder(run.path);
    try {
      run.tidy();
      // A bound that a resume set holds for those after it, too.
      run.keepOperation(this.operation);
      recordAdapters(run.path, this.adapters);
      const rows = this.readRows(run);
      const left = this.plan.episodes.filter(({ id }) => !rows.has(id));
      const log = new CrashLog(run.path);
      if (this.options.engine === undefined) takeFromWorkers(run, left, new LeftTries(run, this.plan.episodes, log));
      if (dependsOnUse(this.operation)) countEarlier(run, this.plan.episodes, rows, this.gate.budget);
      recordLeftFlights(run.path, log, new Map(this.plan.episodes.map((episode) => [episode.id, episode])));
      const monitor = new RunMonitor(this.plan.episodes, rows, this.gate);
      this.gate.onCall = (use) => monitor.call(use);
      const engine = this.engine(run, log);
      const settled = await this.supervise(run, engine, monitor, left, rows);
      clearFlights(run.path);
      const result = this.result(run, engine, monitor, rows, settled);
      writeOperational(run, result.operational);
      return result;
    } finally {
      this.models.close();
      unlock();
    }
  }

  private readRows(run: RunFolder): Map<Hash, Settled> {
    const settled = run.settledIds();
    const rows = new Map<Hash, Settled>();
    for (const { id } of this.plan.episodes) {
      const row = settled.has(id) ? run.result(id) : null;
      if (row !== null) rows.set(id, settledOf(row));
    }
    return rows;
  }

  private engine(run: RunFolder, log: CrashLog): RolloutEngine {
    const { gate, models, operation, plan } = this;
    const restartChanged = this.options.restartChanged ?? false;
    const parts: EngineParts = { run, plan, operation, gate, models, log, restartChanged };
    return (this.options.engine ?? chosenEngine)(parts);
  }

  /** Runs the engine under the session's clocks and signals. Returns how many episodes came to a result; adds them to `rows`. */
  private async supervise(
    run: RunFolder,
    engine: RolloutEngine,
    monitor: RunMonitor,
    left: readonly PlannedEpisode[],
    rows: Map<Hash, Settled>,
  ): Promise<number> {
    let settled = 0;
    monitor.watch(({ id }, outcome) => {
      if (outcome.kind === "settled") {
        rows.set(id, settledOf(outcome.row));
        settled += 1;
      } else this.stop.judge(outcome);
    });
    const { signal, onStart } = this.options;
    using clocks = new DisposableStack();
    clocks.use(this.stop.watch(signal, this.operation.budget.minutes, (reason) => engine.abort(reason)));
    const snapshot = () => writeOperational(run, this.operational(run, engine, monitor, rows, settled));
    clocks.adopt(setInterval(snapshot, 1000 * snapshotSeconds), clearInterval);
    onStart?.(monitor, run.path);
    const watch = new AbortController();
    const watching = left.length > 0 ? this.metrics.run(metricsMs, watch.signal) : Promise.resolve();
    try {
      if (left.length > 0) await engine.run(left, monitor);
    } finally {
      watch.abort();
      await watching;
    }
    this.stop.reason ??= rows.size < this.plan.episodes.length ? this.gate.stopped : null;
    return settled;
  }

  private result(
    run: RunFolder,
    engine: RolloutEngine,
    monitor: RunMonitor,
    rows: ReadonlyMap<Hash, Settled>,
    settled: number,
  ): RolloutResult {
    return {
      schema: "metamem.rollout/1",
      plan: planHash(this.plan.episodes),
      config: this.plan.config,
      ...contentOf(this.plan.episodes, rows),
      operational: this.operational(run, engine, monitor, rows, settled),
    };
  }

  private operational(
    run: RunFolder,
    engine: RolloutEngine,
    monitor: RunMonitor,
    rows: ReadonlyMap<Hash, Settled>,
    settled: number,
  ): RolloutResult["operational"] {
    const { session, cacheHitRate, seconds, level, failures, crashes } = monitor;
    const { reason } = this.stop;
    return {
      folder: run.path,
      startedAt: this.startedAt.toISOString(),
      endedAt: new Date().toISOString(),
      seconds: Number(seconds.toFixed(3)),
      engine: engine.name,
      settled,
      concurrency: { level, peak: this.gate.peak },
      calls: session.calls,
      promptTokens: session.prompt,
      outputTokens: session.output,
      cachedTokens: session.cached,
      cacheHitRate,
      failedTries: failures,
      cost: this.gate.budget.cost,
      stopped: reason === null ? null : { code: reason.code, message: reason.message },
      open: Object.fromEntries([...monitor.open].filter(([id]) => !rows.has(id))),
      crashes: crashes.length,
      servers: [...this.metrics.record()],
    };
  }
}
