import type { Progress } from "../env/environment.ts";
import { attribute, type MetamemError, ScaffoldError } from "../errors.ts";
import type { EventOf } from "../trace/events.ts";
import { Episode } from "./episode.ts";
import { type EpisodeSetup, record } from "./runtime.ts";
import { finalLog, playStep } from "./step.ts";

/** Milliseconds of uninterrupted work after which timers, signals and views get their turn (rule-based players never wait by themselves). */
const breathingInterval = 4;

/** How an episode came to rest. `interrupted` and `void` leave a trace that a resume continues. */
export type EpisodeOutcome =
  | { readonly status: "finished"; readonly end: EventOf<"episode.end"> }
  | { readonly status: "failed"; readonly end: EventOf<"episode.end">; readonly error: ScaffoldError }
  | { readonly status: "interrupted"; readonly step: number }
  | { readonly status: "void"; readonly step: number; readonly error: MetamemError };

/**
 * Plays one episode from reset to end, or verifies and continues a recorded one: which of the two is the sink's business, the code is the same.
 *
 * A scaffold's fault ends the episode as `failed`, which counts. A fault of model, environment or disk voids it, which never counts as play.
 */
export async function playEpisode(setup: EpisodeSetup): Promise<EpisodeOutcome> {
  let episode: Episode | null = null;
  try {
    episode = new Episode(setup, await setup.environment.reset(setup.world));
    episode.seedMemory();
    await playSteps(episode, setup);
    await finalLog(episode);
    return { status: "finished", end: end(episode, "finished", episode.lastProgress.endReason ?? "step_limit") };
  } catch (thrown) {
    keepWhatCanBeKept(setup);
    if (setup.signal.aborted) return { status: "interrupted", step: episode?.step ?? 0 };
    const error = attribute(thrown, "internal");
    if (error instanceof ScaffoldError && episode !== null) {
      return { status: "failed", end: end(episode, "failed", error.code), error };
    }
    if (error.boundary === "internal" || error.boundary === "trace" || error.boundary === "usage") throw error;
    return { status: "void", step: episode?.step ?? 0, error };
  }
}

/** The events before a fault belong to the trace. When it is the disk that failed, the fault already being reported says so. */
function keepWhatCanBeKept(setup: EpisodeSetup): void {
  try {
    setup.sink.flush();
  } catch {
    // The first error is the one to report.
  }
}

async function playSteps(episode: Episode, setup: EpisodeSetup): Promise<void> {
  let breathed = performance.now();
  while (!episode.over && episode.step < setup.maxSteps) {
    await playStep(episode);
    if (performance.now() - breathed < breathingInterval) continue;
    await new Promise((resolve) => setImmediate(resolve));
    breathed = performance.now();
    setup.signal.throwIfAborted();
  }
}

function end(episode: Episode, status: "finished" | "failed", reason: string): EventOf<"episode.end"> {
  const { setup } = episode;
  const progress: Progress = episode.lastProgress;
  episode.journal.keyframe(episode.step, true);
  const event = {
    kind: "episode.end" as const,
    step: episode.step,
    status,
    reason,
    steps: episode.step,
    // A scaffold that breaks scores nothing: a crashing revision must not look better than an honest one.
    progression: status === "failed" ? 0 : progress.progression,
    episodeReturn: episode.episodeReturn,
    milestones: [...episode.milestones],
    details: progress.details,
  };
  record(setup, event);
  setup.sink.flush();
  return { seq: 0, ...event };
}
