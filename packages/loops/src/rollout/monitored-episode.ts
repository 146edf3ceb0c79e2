import type { PlannedEpisode } from "./plan.ts";

export type EpisodeState = "waiting" | "playing" | "finished" | "failed" | "set_aside" | "interrupted" | "void";

/** One episode as views show it. */
export interface MonitoredEpisode {
  readonly planned: PlannedEpisode;
  state: EpisodeState;
  steps: number;
  progression: number;
}
