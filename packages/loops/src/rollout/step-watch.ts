import type { EpisodeObserver } from "@metamem/core";
import type { RunListener } from "./engine.ts";

/** Passes on how far an episode is, from its events. */
export function progressObserver(id: string, listener: RunListener): EpisodeObserver {
  return {
    event: (event) => {
      if (event.kind === "obs") listener.progressed?.(id, event.step, event.progression);
    },
  };
}
