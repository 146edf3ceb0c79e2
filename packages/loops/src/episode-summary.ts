import { type EpisodeMetrics, type JsonObject, MetricsPass, type NewEvent } from "@metamem/core";

/** What an episode's events say about how far it came. */
export interface EpisodeSummary {
  readonly steps: number;
  /** The latest that the game's own counter showed. */
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

/** Milliseconds of reading after which others get their turn: long traces are read while siblings play, whose calls take several turns each. */
const breathingInterval = 0.2;

/** One pass over a trace, finished or not. `text` looks up a stored text by its hash. */
export async function summariseEpisode(
  events: Iterable<NewEvent>,
  text: (blob: string) => string,
): Promise<EpisodeSummary> {
  const pass = new SummaryPass(text);
  let breathed = performance.now();
  for (const event of events) {
    pass.add(event);
    if (performance.now() - breathed < breathingInterval) continue;
    await new Promise((resolve) => setImmediate(resolve));
    breathed = performance.now();
  }
  return pass.result();
}

class SummaryPass {
  private readonly metrics: MetricsPass;
  private readonly reached = new Map<string, number>();
  private readonly last = {
    turn: 0,
    progression: 0,
    episodeReturn: 0,
    endReason: null as string | null,
    details: {} as JsonObject,
  };
  private readonly latencies = { log: 0, consult: 0, commit: 0 };
  private retries = 0;

  constructor(text: (blob: string) => string) {
    this.metrics = new MetricsPass(text);
  }

  add(event: NewEvent): void {
    const { last } = this;
    this.metrics.add(event);
    if (event.kind === "obs") {
      // A game that is over may have no clock any more.
      last.turn = Math.max(last.turn, event.turn);
      last.progression = event.progression;
      last.episodeReturn += event.reward;
      for (const name of event.milestones) this.reached.set(name, Math.max(0, event.step - 1));
    } else if (event.kind === "call") {
      this.retries += failedAttempts(event.operational);
      this.latencies[event.phase] += latencyMs(event.operational);
    } else if (event.kind === "episode.end") {
      const { progression, episodeReturn, reason: endReason, details } = event;
      Object.assign(last, { progression, episodeReturn, endReason, details });
    }
  }

  result(): EpisodeSummary {
    const { last, latencies, reached, retries } = this;
    const metrics = this.metrics.result();
    const seconds = (ms: number) => Number((ms / 1000).toFixed(3));
    const modelSeconds = {
      log: seconds(latencies.log),
      consult: seconds(latencies.consult),
      commit: seconds(latencies.commit),
    };
    return { ...last, steps: metrics.steps, reached, metrics, retries, modelSeconds };
  }
}

function failedAttempts(operational: JsonObject | undefined): number {
  const attempts = operational?.failedAttempts;
  return Array.isArray(attempts) ? attempts.length : 0;
}

function latencyMs(operational: JsonObject | undefined): number {
  const latency = operational?.latencyMs;
  return typeof latency === "number" ? latency : 0;
}
