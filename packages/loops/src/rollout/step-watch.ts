import type { EpisodeObserver } from "@metamem/core";

/** How far an episode is. `replayed`: it is only being brought back to where it was; that says nothing about speed. */
export interface EpisodeProgress {
  readonly id: string;
  readonly steps: number;
  readonly progression: number;
  readonly replayed: boolean;
}

/** Tells of every observation of an episode. What comes before the first call that is really asked is a replay. */
export function progressObserver(id: string, tell: (progress: EpisodeProgress) => void): EpisodeObserver {
  let replayed = true;
  return {
    asking: () => {
      replayed = false;
    },
    event: (event) => {
      if (event.kind === "obs") tell({ id, steps: event.step, progression: event.progression, replayed });
    },
  };
}
