import { type Hash, lockFolder, MetamemError, maxParallelRequests, UsageError } from "@metamem/core";
import { prepareEpisode } from "../prepare-episode.ts";
import { takeFromWorkers } from "../queue/hand-over.ts";
import { LeftTries } from "../queue/left-tries.ts";
import { MetricsWatch, metricsMs } from "../servers/metrics-watch.ts";
import { watchedRoots } from "../servers/watched-roots.ts";
import { Budget } from "./budget.ts";
import { fixedLevel, type Level, RunGate } from "./call-gate.ts";
import { AdaptiveLevel, firstLevel } from "./concurrency.ts";
import type { OperationConfig } from "./config.ts";
import { CrashLog, recordLeftFlights } from "./crash-log.ts";
import type { RolloutEngine } from "./engine.ts";
import { clearFlights, FlightRecorder } from "./flight-record.ts";
import { LocalEngine } from "./local-engine.ts";
import { ModelPool } from "./model-pool.ts";
import { RunMonitor } from "./monitor.ts";
import { writeOperational } from "./operational.ts";
import { type PlannedEpisode, planHash, type RolloutPlan } from "./plan.ts";
import { errorOf } from "./remote-gate.ts";
import { contentOf, type RolloutResult } from "./rollout-result.ts";
import type { RunFolder } from "./run-folder.ts";
import type { PlayOutcome } from "./run-result.ts";
import { type Settled, settledOf } from "./settled.ts";
import { ShardEngine } from "./shard-engine.ts";
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

/** What an engine is made of. */
export interface EngineParts {
  readonly run: RunFolder;
  readonly plan: RolloutPlan;
  readonly operation: OperationConfig;
  readonly gate: RunGate;
  readonly models: ModelPool;
  readonly log: CrashLog;
  readonly restartChanged: boolean;
}

/** Seconds that calls under way have after a stop, so that what is paid for is recorded. */
const graceSeconds = 5;
/** Failures that every further episode would share. */
const hopeless: ReadonlySet<string> = new Set([
  "model.unauthorized",
  "model.quota",
  "model.not_found",
  "model.redirected",
  "setup.write_failed",
  "setup.unwritable",
]);
/** A timer set for longer fires at once. */
const longestTimerMs = 2 ** 31 - 1;
/** Seconds between snapshots of operational.json. */
const snapshotSeconds = 15;

/** One run of the program on a run folder: from the first thing that could fail to the result. */
export class Session {
  private readonly plan: RolloutPlan;
  private readonly operation: OperationConfig;
  private readonly options: SessionOptions;
  private readonly startedAt = new Date();
  private readonly gate: RunGate;
  private readonly models: ModelPool;
  private readonly metrics: MetricsWatch;
  private stopped: MetamemError | null = null;

  constructor(plan: RolloutPlan, operation: OperationConfig, options: SessionOptions) {
    this.plan = plan;
    this.operation = operation;
    this.options = options;
    insistOnPrices(plan, operation);
    this.gate = new RunGate(new Budget(operation), options.level ?? levelFor(plan, operation));
    this.models = new ModelPool(this.gate, operation.limits.callSeconds, options.signal);
    this.metrics = new MetricsWatch(watchedRoots(modelsOf(plan)), (_reading, pressure) => {
      if (pressure === "over") this.gate.queueGrew();
    });
  }

  /**
   * Opens one episode of each family and reaches all models, and closes the episodes again: what cannot work fails before anything is
   * written.
   */
  async preflight(episodes: readonly PlannedEpisode[] = this.plan.episodes): Promise<void> {
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
      const rows = this.readRows(run);
      const left = this.plan.episodes.filter(({ id }) => !rows.has(id));
      const log = new CrashLog(run.path);
      if (this.options.engine === undefined) takeFromWorkers(run, left, new LeftTries(run, this.plan.episodes, log));
      if (counts(this.operation)) countEarlier(run, this.plan.episodes, rows, this.gate.budget);
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
      } else this.stopIfHopeless(outcome);
    });
    using clocks = new DisposableStack();
    const { signal } = this.options;
    const onAbort = (): void => this.stop(interrupted(), engine, clocks);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    clocks.defer(() => signal.removeEventListener("abort", onAbort));
    const { minutes } = this.operation.budget;
    if (minutes !== null)
      clocks.adopt(
        setTimeout(() => this.stop(timeOver(minutes), engine, clocks), Math.min(60_000 * minutes, longestTimerMs)),
        clearTimeout,
      );
    const snapshot = () => writeOperational(run, this.operational(run, engine, monitor, rows, settled));
    clocks.adopt(setInterval(snapshot, 1000 * snapshotSeconds), clearInterval);
    this.options.onStart?.(monitor, run.path);
    const watch = new AbortController();
    const watching = left.length > 0 ? this.metrics.run(metricsMs, watch.signal) : Promise.resolve();
    try {
      if (left.length > 0) await engine.run(left, monitor);
    } finally {
      watch.abort();
      await watching;
    }
    this.stopped ??= rows.size < this.plan.episodes.length ? this.gate.stopped : null;
    return settled;
  }

  /** No call begins any more; those under way get a moment. */
  private stop(reason: MetamemError, engine: RolloutEngine, clocks: DisposableStack): void {
    this.stopped ??= reason;
    this.gate.close(reason);
    clocks.adopt(
      setTimeout(() => engine.abort(reason), 1000 * graceSeconds),
      clearTimeout,
    );
  }

  private stopIfHopeless({ reason }: Extract<PlayOutcome, { kind: "open" }>): void {
    if (!hopeless.has(reason.code)) return;
    this.stopped ??= errorOf(reason);
    this.gate.close(this.stopped);
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
    const stopped = this.stopped === null ? null : { code: this.stopped.code, message: this.stopped.message };
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
      stopped,
      open: Object.fromEntries([...monitor.open].filter(([id]) => !rows.has(id))),
      crashes: crashes.length,
      servers: [...this.metrics.record()],
    };
  }
}

function chosenEngine({ run, plan, operation, gate, models, log, restartChanged }: EngineParts): RolloutEngine {
  const { shards, limits } = operation;
  if (shards > 0) {
    const setup = { kind: "setup" as const, runFolder: run.path, play: plan.config, limits, restartChanged };
    return new ShardEngine(shards, setup, run, gate, log);
  }
  const { stepSeconds, episodeMinutes } = limits;
  const flight = new FlightRecorder(run.path, "0.local");
  return new LocalEngine({ run, models, stepSeconds, episodeMinutes, restartChanged, flight }, gate);
}

/** Rule-based players gain nothing from more calls at a time; what is not in this process has Bun's larger limit. */
function levelFor(plan: RolloutPlan, { concurrency, shards }: OperationConfig): Level {
  const most = shards > 0 ? 65_535 : maxParallelRequests();
  const asked = modelsOf(plan);
  asked.delete("scripted");
  if (concurrency === "auto") {
    return asked.size === 0 ? fixedLevel(Math.max(firstLevel, 2 * shards)) : new AdaptiveLevel(most);
  }
  if (asked.size === 0 || concurrency <= most) return fixedLevel(concurrency);
  throw new UsageError(
    "concurrency",
    `one process can have ${most} requests under way: add --shards 1, or set BUN_CONFIG_MAX_HTTP_REQUESTS=${concurrency} before starting`,
  );
}

function modelsOf({ episodes }: RolloutPlan): Set<string> {
  return new Set(episodes.flatMap(({ resolved }) => Object.values(resolved.spec.models)));
}

function insistOnPrices({ episodes }: RolloutPlan, { budget, prices }: OperationConfig): void {
  if (budget.cost === null) return;
  const asked = new Set<string>(episodes.flatMap(({ resolved }) => rolesAsked(resolved.bundle.manifest.kind)));
  for (const role of ["memory", "gameplay"] as const) {
    if (asked.has(role) && prices[role] === null) {
      throw new UsageError(
        "prices",
        `--max-cost needs prices: add --price <input>/<output>, in USD per million tokens`,
      );
    }
  }
}

/** Whether anything depends on what earlier sessions used: finding out means reading the traces of open episodes. */
function counts({ budget, prices }: OperationConfig): boolean {
  return budget.tokens !== null || budget.cost !== null || prices.memory !== null || prices.gameplay !== null;
}

/** A context bundle asks only the gameplay role. */
function rolesAsked(kind: string): readonly string[] {
  return kind === "context" ? ["gameplay"] : ["memory", "gameplay"];
}

function interrupted(): MetamemError {
  return new MetamemError("interrupt", "interrupt.signal", "interrupted; continue with --resume");
}

function timeOver(minutes: number): MetamemError {
  return new MetamemError(
    "interrupt",
    "interrupt.budget_minutes",
    `the ${minutes} min of this session are over; continue with --resume`,
  );
}
