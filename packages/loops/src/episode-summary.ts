import { type EpisodeMetrics, type JsonObject, MetricsPass, type NewEvent } from "@metamem/core";

/** What an episode's events say about how far it came. */
export interface EpisodeSummary {
  readonly steps: number;
  readonly turn: number;
  readonly progression: number;
  readonly episodeReturn: number;
  readonly endReason: string | null;
  readonly details: JsonObject;
  /** Milestone -> the step whose action reached it. */
  readonly reached: ReadonlyMap<string, number>;
  readonly metrics: EpisodeMetrics;
  /** Tries of model calls that failed and were repeated. */
  readonly retries: number;
}

/** One pass over a trace, finished or not. `text` looks up a stored text by its hash. */
export function summariseEpisode(events: Iterable<NewEvent>, text: (blob: string) => string): EpisodeSummary {
  const metrics = new MetricsPass(text);
  const reached = new Map<string, number>();
  const summary = {
    turn: 0,
    progression: 0,
    episodeReturn: 0,
    endReason: null as string | null,
    details: {} as JsonObject,
  };
  let retries = 0;
  for (const event of events) {
    metrics.add(event);
    if (event.kind === "obs") {
      summary.turn = event.turn;
      summary.progression = event.progression;
      summary.episodeReturn += event.reward;
      for (const name of event.milestones) reached.set(name, Math.max(0, event.step - 1));
    } else if (event.kind === "call") {
      retries += failedAttempts(event.operational);
    } else if (event.kind === "episode.end") {
      const { progression, episodeReturn, reason: endReason, details } = event;
      Object.assign(summary, { progression, episodeReturn, endReason, details });
    }
  }
  const counted = metrics.result();
  return { ...summary, steps: counted.steps, reached, metrics: counted, retries };
}

function failedAttempts(operational: JsonObject | undefined): number {
  const attempts = operational?.failedAttempts;
  return Array.isArray(attempts) ? attempts.length : 0;
}
