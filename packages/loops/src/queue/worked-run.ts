import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  attribute,
  EnvironmentError,
  type EpisodeObserver,
  type Hash,
  MetamemError,
  SetupError,
  TraceError,
  UsageError,
} from "@metamem/core";
import type { Redis } from "ioredis";
import { type EpisodeParts, resolveEpisode, specHash } from "../episode-spec.ts";
import { isModulePath } from "../registry.ts";
import { fatalCrashes } from "../rollout/crash-log.ts";
import { FlightRecorder } from "../rollout/flight-record.ts";
import { ModelPool } from "../rollout/model-pool.ts";
import { type PlannedEpisode, partsOf } from "../rollout/plan.ts";
import { openOutcome, type PlayContext, playPlanned, setAsideRow } from "../rollout/play-planned.ts";
import { RunFolder } from "../rollout/run-folder.ts";
import type { RunRecord } from "../rollout/run-record.ts";
import type { PlayOutcome } from "../rollout/run-result.ts";
import { type EpisodeProgress, progressObserver } from "../rollout/step-watch.ts";
import { scaffoldNames } from "../seeds-folder.ts";
import { foldersOf, recordedAdapters } from "../servers/adapter-record.ts";
import { AttemptRun } from "./attempt-run.ts";
import { type Attempt, claimAttempt, fatalStep, flightOf, isOver, isOvertaken, isPublished } from "./attempts.ts";
import { type EpisodeJob, runKey, type SessionOrder } from "./messages.ts";
import { QueueGate } from "./queue-gate.ts";
import { RunState } from "./run-state.ts";

/** What a worker's user says about where things are on its machine: nothing from the queue says what code to load. */
export interface WorkerPlaces {
  /** Modules of environments that are not registered. */
  readonly env: readonly string[];
  /** A scaffold's folder, when it is not one that comes with the system. */
  readonly scaffold: string | undefined;
  /** The folder in which run folders lie here; by default where the producer sees them. */
  readonly runs: string | undefined;
  /** Whether recorded calls are to outlive not only this process but the machine. */
  readonly durable: boolean;
}

/** `code` (after `setup.`) of a job whose run is no more: it can be forgotten. A producer that still wants it adds it again. */
const goneCode = "queue_gone";

export function isGone({ code }: MetamemError): boolean {
  return code === `setup.${goneCode}`;
}

/** An episode in play. */
interface Playing {
  readonly stop: AbortController;
  /** Since the producer was told last. */
  news: EpisodeProgress | null;
}

/** One run as a worker plays it. */
export class WorkedRun {
  readonly state: RunState;
  readonly gate: QueueGate;
  private readonly run: RunFolder;
  private readonly record: RunRecord;
  private readonly places: WorkerPlaces;
  private readonly playing = new Map<Hash, Playing>();
  private readonly parts = new Map<string, Promise<EpisodeParts>>();
  private readonly models = new Map<number, ModelPool>();
  private readonly ending = new AbortController();
  private order: SessionOrder;

  /** @throws MetamemError when the run's folder is not to be had on this machine. */
  constructor(job: EpisodeJob, redis: Redis, places: WorkerPlaces) {
    const folder = places.runs === undefined ? job.folder : join(places.runs, basename(job.folder));
    const { run, record } = openRun(folder);
    if (runKey(record) !== job.run) throw new SetupError(goneCode, `${folder} holds another run by now`);
    this.run = run;
    this.record = record;
    this.places = places;
    this.state = new RunState(redis, job.run);
    this.gate = new QueueGate(this.state);
    this.order = { ...record.operational.operation, restartChanged: false };
  }

  /**
   * Plays an episode from the latest journal on and stores its result; doing it again is harmless. `lost` fires when the job may have gone to
   * another worker. @throws MetamemError when this machine cannot play it.
   */
  async play(job: EpisodeJob, lost: AbortSignal): Promise<PlayOutcome> {
    const episode = await this.find(job);
    await this.obey();
    const before = this.run.result(job.id);
    if (before !== null) return { kind: "settled", row: before };
    const entry: Playing = { stop: new AbortController(), news: null };
    const onLost = (): void => entry.stop.abort(overtaken());
    if (lost.aborted) onLost();
    lost.addEventListener("abort", onLost, { once: true });
    this.playing.set(job.id, entry);
    try {
      void this.state.tell({ kind: "started", id: job.id }).catch(() => {});
      return await this.playTry(episode, entry);
    } finally {
      // After a lost lock the same worker may have begun it again.
      if (this.playing.get(job.id) === entry) this.playing.delete(job.id);
      lost.removeEventListener("abort", onLost);
      void this.state.tell({ kind: "ended", id: job.id }).catch(() => {});
    }
  }

  /** Called about once a second: learns what the producer orders and tells it how far things are. */
  async exchange(): Promise<void> {
    if (this.playing.size === 0) return;
    if (await this.obey()) this.abort(stoppedByProducer());
    const episodes = [...this.playing.values()].flatMap(({ news }) => news ?? []);
    for (const entry of this.playing.values()) entry.news = null;
    if (episodes.length > 0) await this.state.tell({ kind: "progress", episodes });
  }

  /** How long one step may take. */
  get stepSeconds(): number {
    return this.order.limits.stepSeconds;
  }

  /** Ends all play of this run on this worker; what is recorded stays. */
  abort(reason: MetamemError): void {
    for (const { stop } of this.playing.values()) stop.abort(reason);
  }

  close(): void {
    this.ending.abort();
    for (const pool of this.models.values()) pool.close();
  }

  private async playTry(episode: PlannedEpisode, entry: Playing): Promise<PlayOutcome> {
    const { id } = episode;
    if (isPublished(this.run, id)) return await this.store(episode, entry);
    const step = fatalStep(this.run, id, fatalCrashes);
    if (step !== null) {
      const where = `step ${step.step} (${step.action ?? "reset"})`;
      const what = `the episode killed ${fatalCrashes} workers, one after the other, in ${where}`;
      this.run.commit(setAsideRow(episode, new EnvironmentError("crash", what)));
      return this.confirmed(id) ?? unstored();
    }
    const attempt = claimAttempt(this.run, id);
    const flight = flightOf(attempt);
    const context = this.context(
      new AttemptRun(this.run, attempt),
      entry,
      new FlightRecorder(flight.folder, flight.name),
    );
    const outcome = await playPlanned(episode, context, this.observer(id, attempt, entry));
    // Another try may have been first; then its result is the result.
    const stored = this.confirmed(id);
    if (stored !== null) return stored;
    if (outcome.kind === "open") return outcome;
    return isPublished(this.run, id) ? await this.store(episode, entry) : unstored();
  }

  /** Stores the result of a trace that somebody else brought to its end and place. A place that a local session plays in is left to it. */
  private async store(episode: PlannedEpisode, entry: Playing): Promise<PlayOutcome> {
    if (!isOver(this.run.episode(episode.id))) return openOutcome(overtaken(), true);
    return await playPlanned(episode, this.context(this.run, entry, null));
  }

  private confirmed(id: Hash): PlayOutcome | null {
    const row = this.run.result(id);
    return row === null ? null : { kind: "settled", row };
  }

  private context(run: RunFolder, { stop }: Playing, flight: FlightRecorder | null): PlayContext {
    const { limits, restartChanged } = this.order;
    const { stepSeconds, episodeMinutes } = limits;
    return {
      run,
      models: this.pool(limits.callSeconds),
      signal: stop.signal,
      stepSeconds,
      episodeMinutes,
      restartChanged,
      flight,
      durable: this.places.durable,
    };
  }

  private pool(callSeconds: number): ModelPool {
    const adapters = () => foldersOf(recordedAdapters(this.run.path));
    const pool = this.models.get(callSeconds) ?? new ModelPool(this.gate, callSeconds, this.ending.signal, adapters);
    this.models.set(callSeconds, pool);
    return pool;
  }

  /** Notes progress, and looks before each call whether the episode went to somebody else. */
  private observer(id: Hash, attempt: Attempt, entry: Playing): EpisodeObserver {
    const watch = progressObserver(id, (progress) => {
      entry.news = progress;
    });
    return {
      ...watch,
      asking: (callId) => {
        if (isOvertaken(this.run, id, attempt)) entry.stop.abort(overtaken());
        watch.asking?.(callId);
      },
    };
  }

  /** Reads the producer's orders. True when everything is to end at once. */
  private async obey(): Promise<boolean> {
    const { order, abort } = await this.state.orders();
    if (order !== null) this.order = order;
    return abort;
  }

  private async find({ id, env, choice, repetition }: EpisodeJob): Promise<PlannedEpisode> {
    const opening = this.parts.get(env) ?? partsOf(this.playConfig(), this.placeOf(env));
    this.parts.set(env, opening);
    const resolved = await resolveEpisode(await opening, choice);
    if (specHash(resolved.spec) === id) return { id, env, choice, repetition, resolved };
    const what = "this worker's code, scaffold or environment is not the producer's";
    throw new TraceError("changed_plan", `${what}; bring both to one version, and see --env and --scaffold`);
  }

  private playConfig(): RunRecord["config"] {
    const { config } = this.record;
    if (this.places.scaffold === undefined && !scaffoldNames().includes(config.scaffold)) {
      throw new UsageError("worker", `the run plays the scaffold '${config.scaffold}': add --scaffold with its folder`);
    }
    return { ...config, scaffold: this.places.scaffold ?? config.scaffold };
  }

  private placeOf(env: string): string {
    if (!isModulePath(env)) return env;
    const place = this.places.env.find((path) => path === env || basename(path) === basename(env));
    if (place !== undefined) return place;
    throw new UsageError("worker", `the run plays ${env}, which is not registered: add --env with its module's path`);
  }
}

function openRun(folder: string): ReturnType<typeof RunFolder.open> {
  if (existsSync(join(folder, "run.json"))) return RunFolder.open(folder);
  if (existsSync(dirname(folder))) throw new SetupError(goneCode, `the run ${folder} was removed`);
  const advice = "put runs on a folder that all machines share, or say with --runs where it lies here";
  throw new SetupError("queue_run", `the queue names the run ${folder}, which is not on this machine; ${advice}`);
}

function overtaken(): MetamemError {
  return new MetamemError("interrupt", "interrupt.overtaken", "another worker plays the episode now");
}

function stoppedByProducer(): MetamemError {
  return new MetamemError("interrupt", "interrupt.signal", "the producer stopped the run");
}

function unstored(): PlayOutcome {
  const error = attribute(
    new Error("another worker finished the episode, and its result is not to be seen yet"),
    "internal",
  );
  const { code, boundary, message } = error;
  return { kind: "open", status: "void", reason: { code, boundary, message } };
}
