import {
  attribute,
  EnvironmentError,
  type EpisodeObserver,
  formatModelSpec,
  type Hash,
  MetamemError,
  parseModelSpec,
  TraceError,
} from "@metamem/core";
import type { Redis } from "ioredis";
import { type EpisodeParts, resolveEpisode, specHash } from "../episode-spec.ts";
import { fatalCrashes } from "../rollout/crash-log.ts";
import { FlightRecorder } from "../rollout/flight-record.ts";
import { ModelPool } from "../rollout/model-pool.ts";
import { type PlannedEpisode, partsOf } from "../rollout/plan.ts";
import { openOutcome, type PlayContext, playPlanned, setAsideRow } from "../rollout/play-planned.ts";
import type { RunFolder } from "../rollout/run-folder.ts";
import type { RunRecord } from "../rollout/run-record.ts";
import type { PlayOutcome } from "../rollout/run-result.ts";
import { type EpisodeProgress, progressObserver } from "../rollout/step-watch.ts";
import { foldersOf, recordedAdapters } from "../servers/adapter-record.ts";
import { AttemptRun } from "./attempt-run.ts";
import { type Attempt, claimAttempt, fatalStep, flightOf, isOver, isOvertaken, isPublished } from "./attempts.ts";
import type { EpisodeJob, SessionOrder } from "./messages.ts";
import { QueueGate } from "./queue-gate.ts";
import { RunState } from "./run-state.ts";
import type { WorkerLoad } from "./worker-load.ts";
import { environmentHere, openRun, playConfigHere, type WorkerPlaces } from "./worker-places.ts";

/** An episode in play. */
interface Playing {
  readonly stop: AbortController;
  /** Since the producer was told last. */
  news: EpisodeProgress | null;
}

/** One run as a worker plays it. */
export class WorkedRun {
  readonly state: RunState;
  private readonly gate: QueueGate;
  private readonly run: RunFolder;
  private readonly record: RunRecord;
  private readonly places: WorkerPlaces;
  private readonly playing = new Map<Hash, Playing>();
  private readonly parts = new Map<string, Promise<EpisodeParts>>();
  private readonly models = new Map<number, ModelPool>();
  private readonly ending = new AbortController();
  private order: SessionOrder;

  /** @throws MetamemError when the run's folder is not to be had on this machine. */
  constructor(job: EpisodeJob, redis: Redis, places: WorkerPlaces, load: WorkerLoad) {
    const { run, record } = openRun(job, places);
    this.run = run;
    this.record = record;
    this.places = places;
    this.state = new RunState(redis, job.run);
    const models = modelsOf(record);
    this.gate = new QueueGate(this.state, load.calls, !models.every((name) => name === "scripted"));
    load.watch(models);
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
    void this.state.tell({ kind: "started", id }).catch(() => {});
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
    const opening =
      this.parts.get(env) ?? partsOf(playConfigHere(this.record, this.places), environmentHere(env, this.places));
    this.parts.set(env, opening);
    const resolved = await resolveEpisode(await opening, choice);
    if (specHash(resolved.spec) === id) return { id, env, choice, repetition, resolved };
    const what = "this worker's code, scaffold or environment is not the producer's";
    throw new TraceError("changed_plan", `${what}; bring both to one version, and see --env and --scaffold`);
  }
}

/** The models that a run asks, in one spelling. */
function modelsOf({ config: { model, memoryModel, gameplayModel } }: RunRecord): readonly string[] {
  return [memoryModel ?? model, gameplayModel ?? model].map((text) => formatModelSpec(parseModelSpec(text)));
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
