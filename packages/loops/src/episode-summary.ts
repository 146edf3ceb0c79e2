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
  /** Seconds in which models were asked, by phase; calls of earlier runs are included. */
  readonly modelSeconds: { readonly log: number; readonly consult: number; readonly commit: number };
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
  const latencies = { log: 0, consult: 0, commit: 0 };
  for (const event of events) {
    metrics.add(event);
    if (event.kind === "obs") {
      summary.turn = event.turn;
      summary.progression = event.progression;
      summary.episodeReturn += event.reward;
      for (const name of event.milestones) reached.set(name, Math.max(0, event.step - 1));
    } else if (event.kind === "call") {
      retries += failedAttempts(event.operational);
      latencies[event.phase] += latencyMs(event.operational);
    } else if (event.kind === "episode.end") {
      const { progression, episodeReturn, reason: endReason, details } = event;
      Object.assign(summary, { progression, episodeReturn, endReason, details });
    }
  }
  const counted = metrics.result();
  const seconds = (ms: number) => Number((ms / 1000).toFixed(3));
  const modelSeconds = {
    log: seconds(latencies.log),
    consult: seconds(latencies.consult),
    commit: seconds(latencies.commit),
  };
  return { ...summary, steps: counted.steps, reached, metrics: counted, retries, modelSeconds };
}

function failedAttempts(operational: JsonObject | undefined): number {
  const attempts = operational?.failedAttempts;
  return Array.isArray(attempts) ? attempts.length : 0;
}

function latencyMs(operational: JsonObject | undefined): number {
  const latency = operational?.latencyMs;
  return typeof latency === "number" ? latency : 0;
}
