import { existsSync } from "node:fs";
import { join } from "node:path";
import { attribute, type EpisodeObserver, MetamemError, systemClock, TraceError, UsageError } from "@metamem/core";
import type { ResolvedEpisode } from "../episode-spec.ts";
import type { EpisodeResult } from "../result.ts";
import { resumeResolved } from "../resume-episode.ts";
import { runEpisode } from "../run-episode.ts";
import type { FlightRecorder } from "./flight-record.ts";
import type { ModelPool } from "./model-pool.ts";
import type { PlannedEpisode } from "./plan.ts";
import type { RunFolder } from "./run-folder.ts";
import type { PlayOutcome, RunRow } from "./run-result.ts";
import { watchedFamily } from "./watched-environment.ts";

/** What the episodes of a run share while they are played in one process. */
export interface PlayContext {
  readonly run: RunFolder;
  readonly models: ModelPool;
  /** Ends all episodes at once; what is recorded stays. */
  readonly signal: AbortSignal;
  readonly stepSeconds: number;
  readonly episodeMinutes: number | null;
  /** Play episodes anew whose trace does not fit the code any more. */
  readonly restartChanged: boolean;
  readonly flight: FlightRecorder | null;
  /** See `TraceOptions`. */
  readonly durable?: boolean | undefined;
}

/** Differences between a trace and what would play it on. */
const changes: ReadonlySet<string> = new Set(["trace.other_setup", "trace.diverged", "trace.version"]);

/**
 * Plays an episode of a run, from its start or from its last recorded call, and stores its result. Never rejects: what goes wrong is an
 * outcome. Doing it again is harmless: an episode that has a result is not played.
 */
export async function playPlanned(
  episode: PlannedEpisode,
  context: PlayContext,
  observer: EpisodeObserver = {},
): Promise<PlayOutcome> {
  try {
    const settled = context.run.result(episode.id);
    if (settled !== null) return { kind: "settled", row: settled };
    return await withDeadline(context, async (signal, stop) => {
      const result = await playOrRestart(episode, context, observer, signal, stop);
      return settle(episode, context.run, result, signal);
    });
  } catch (thrown) {
    return openOutcome(attribute(thrown, "internal"), context.signal.aborted);
  }
}

async function playOrRestart(
  episode: PlannedEpisode,
  context: PlayContext,
  observer: EpisodeObserver,
  signal: AbortSignal,
  stop: (reason: MetamemError) => void,
): Promise<EpisodeResult> {
  const { run, models, restartChanged, stepSeconds, flight, durable } = context;
  const folder = run.episode(episode.id);
  const resolved: ResolvedEpisode = {
    ...episode.resolved,
    family: watchedFamily(episode.resolved.family, { id: episode.id, flight, stepSeconds }),
  };
  const shared: ModelPool["roles"] = (spec, family) => models.roles(spec, family, stop);
  const options = { signal, observer, durable, shared };
  const begin = () => runEpisode(resolved, { ...options, out: folder, reuse: true });
  if (!existsSync(join(folder, "header.json"))) return await begin();
  try {
    return (await whenFree(() => resumeResolved(folder, resolved, options), signal)).result;
  } catch (error) {
    if (!(error instanceof TraceError) || !changes.has(error.code)) throw error;
    if (!restartChanged) throw withAdvice(error);
    run.replaceEpisode(episode.id);
    return await begin();
  }
}

/** A process of a session that was just killed may still be about to notice: its lock is waited for, for a while. */
async function whenFree<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let waited = 0; ; waited += busyStepMs) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UsageError) || error.code !== "usage.episode_busy" || waited >= busyMs) throw error;
      await systemClock.sleep(busyStepMs, signal);
    }
  }
}

const busyMs = 10_000;
const busyStepMs = 250;

/** Stores the result of an episode that is over; one that is not says why. */
function settle(episode: PlannedEpisode, run: RunFolder, result: EpisodeResult, signal: AbortSignal): PlayOutcome {
  const { status, error } = result;
  if (status === "finished" || status === "failed") {
    const row = rowOf(episode, result);
    run.commit(row);
    return { kind: "settled", row: run.result(episode.id) ?? row };
  }
  if (status === "interrupted") return openOutcome(attribute(signal.reason, "interrupt"), false);
  const code = error?.code ?? "internal.unexpected";
  const reason = { code, boundary: code.split(".", 1)[0] ?? "internal", message: error?.message ?? "" };
  return { kind: "open", status: "void", reason };
}

function rowOf({ id, repetition }: PlannedEpisode, result: EpisodeResult): RunRow {
  return {
    schema: "metamem.run-episode/1",
    id,
    family: result.family.name,
    task: result.task,
    seed: result.seed,
    repetition,
    status: result.status === "failed" ? "failed" : "finished",
    error: result.error,
    progression: result.progression,
    result,
    operational: { settledAt: new Date().toISOString() },
  };
}

/** The row of an episode that will not be tried again. It counts as zero. */
export function setAsideRow({ id, repetition, resolved }: PlannedEpisode, error: MetamemError): RunRow {
  const { spec, task } = resolved;
  return {
    schema: "metamem.run-episode/1",
    id,
    family: spec.family.name,
    task: task.id,
    seed: spec.seed,
    repetition,
    status: "set_aside",
    error: { code: error.code, message: error.message },
    progression: 0,
    result: null,
    operational: { settledAt: new Date().toISOString() },
  };
}

/** An episode that failed to be played, or was stopped. Being late is nobody's wish: it is void, like a fault. */
export function openOutcome({ code, boundary, message }: MetamemError, stopped: boolean): PlayOutcome {
  const interrupted = stopped || (boundary === "interrupt" && code !== episodeLate);
  return { kind: "open", status: interrupted ? "interrupted" : "void", reason: { code, boundary, message } };
}

const episodeLate = "interrupt.episode_deadline";

/** Runs `work` with a signal of the episode's own: fired by the run's, by `stop`, or when the episode's time is over. */
async function withDeadline<T>(
  { signal, episodeMinutes }: PlayContext,
  work: (signal: AbortSignal, stop: (reason: MetamemError) => void) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const stop = (reason: unknown): void => own.abort(reason);
  const onAbort = (): void => stop(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  const timer =
    episodeMinutes === null
      ? undefined
      : setTimeout(() => stop(late(episodeMinutes)), Math.min(60_000 * episodeMinutes, 2 ** 31 - 1));
  try {
    return await work(own.signal, stop);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function late(minutes: number): MetamemError {
  const message = `the episode was not over after ${minutes} min; resume to play on, or raise limits.episodeMinutes`;
  return new MetamemError("interrupt", episodeLate, message);
}

function withAdvice(error: TraceError): TraceError {
  const advice = "; in a run, --restart-changed plays such episodes anew";
  return new TraceError(error.code.replace(/^trace\./, ""), `${error.message}${advice}`, {
    cause: error,
    data: error.data,
  });
}
