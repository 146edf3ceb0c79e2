import type { Hash } from "@metamem/core";
import type { CallUse } from "./budget.ts";
import type { PlannedEpisode } from "./plan.ts";
import type { PlayOutcome } from "./run-result.ts";
import type { EpisodeProgress } from "./step-watch.ts";

/** What is told about a run while it goes on; for views, counts and tests. Nothing depends on who listens. */
export interface RunListener {
  started?(episode: PlannedEpisode): void;
  /** Now and then while an episode is played. */
  progressed?(progress: EpisodeProgress): void;
  ended?(episode: PlannedEpisode, outcome: PlayOutcome): void;
  call?(use: CallUse): void;
  /** A child process died and was replaced, or a worker was lost. */
  crashed?(crash: Crash): void;
}

/** The death of a child process or of a worker, and what it was doing if that is known. */
export interface Crash {
  readonly at: string;
  /** Null for a worker, which `cause` names. */
  readonly shard: number | null;
  /** Signal, exit code, or whatever is known. */
  readonly cause: string;
  /** The episode that is held responsible; null when the process died outside of any environment. */
  readonly episode: {
    readonly id: Hash;
    readonly family: string;
    readonly task: string;
    readonly seed: number;
    /** Agent step that was being executed, and its action; null for a reset. */
    readonly step: number;
    readonly action: string | null;
  } | null;
}

/**
 * Plays episodes until each has a result, failed to be played, or the run was stopped. An engine decides where and when, never what:
 * results are the same whichever engine played them. Implementations: `LocalEngine` (this process), `ShardEngine` (child processes),
 * `QueueEngine` (workers anywhere).
 */
export interface RolloutEngine {
  readonly name: string;
  /**
   * Resolves when nothing is being played any more. Stored results are final. Rejects only when the engine itself cannot go on.
   * @param episodes what has no result yet.
   */
  run(episodes: readonly PlannedEpisode[], listener: RunListener): Promise<void>;
  /** Ends all play at once; calls under way are lost. */
  abort(reason: unknown): void;
}
