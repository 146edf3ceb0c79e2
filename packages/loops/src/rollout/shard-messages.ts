import type { FailureKind, Hash } from "@metamem/core";
import type { EpisodeChoice } from "../episode-spec.ts";
import type { CallUse } from "./budget.ts";
import type { OperationConfig, PlayConfig } from "./config.ts";
import type { OpenReason, PlayOutcome } from "./run-result.ts";
import type { EpisodeProgress } from "./step-watch.ts";

/** What parent and child processes of a sharded run say to each other. Both are the same code, so nothing is versioned or validated. */

export interface ShardSetup {
  readonly kind: "setup";
  readonly shard: number;
  readonly runFolder: string;
  readonly play: PlayConfig;
  readonly limits: OperationConfig["limits"];
  readonly restartChanged: boolean;
}

export type ToShard =
  | ShardSetup
  | {
      readonly kind: "play";
      readonly id: Hash;
      readonly env: string;
      readonly choice: EpisodeChoice;
      readonly repetition: number;
    }
  /** Answers to `acquire`. */
  | { readonly kind: "granted"; readonly call: number }
  | { readonly kind: "refused"; readonly call: number; readonly reason: OpenReason }
  | { readonly kind: "abort"; readonly reason: OpenReason }
  /** Nothing is left to do. */
  | { readonly kind: "leave" };

export type FromShard =
  /** A call wants to begin; `release` ends it, or takes the wish back. Calls are numbered by the child. */
  | { readonly kind: "acquire"; readonly call: number }
  | { readonly kind: "release"; readonly call: number; readonly use: CallUse | null }
  | { readonly kind: "failed"; readonly failure: FailureKind }
  | {
      readonly kind: "progress";
      readonly episodes: readonly EpisodeProgress[];
    }
  | { readonly kind: "ended"; readonly id: Hash; readonly outcome: PlayOutcome }
  | { readonly kind: "alive" };

/** Milliseconds between signs of life, which carry progress when there is some. */
export const aliveInterval = 500;
