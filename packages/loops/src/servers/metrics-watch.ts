import { systemClock } from "@metamem/core";
import { type QueuePressure, queuePressure } from "./queue-pressure.ts";
import { scrape } from "./scrape.ts";
import { addCounters, countedBetween, noCounters, type ServerCounters, type ServerMetrics } from "./server-metrics.ts";

/** What a run keeps of its servers: part of what is operational, never of results. */
export interface ServerRecord {
  readonly server: string;
  /** Counted by this server while it was watched, over restarts. */
  readonly counted: ServerCounters;
  readonly maxRunning: number | null;
  readonly maxWaiting: number | null;
  readonly readings: number;
  readonly missed: number;
}

/** Milliseconds between readings while a run is played. */
export const metricsMs = 5000;
/** Servers count a reply a moment after they sent it. */
const settleMs = 250;

interface Watched {
  last: ServerMetrics | null;
  counted: ServerCounters;
  maxRunning: number | null;
  maxWaiting: number | null;
  readings: number;
  missed: number;
}

/** Reads the metrics of servers while a run goes on, and adds up what they counted for it. */
export class MetricsWatch {
  private readonly watched: ReadonlyMap<string, Watched>;
  private readonly onReading: (metrics: ServerMetrics, pressure: QueuePressure) => void;

  /** @param roots addresses without a path. */
  constructor(
    roots: readonly string[],
    onReading: (metrics: ServerMetrics, pressure: QueuePressure) => void = () => {},
  ) {
    const fresh = (): Watched => ({
      last: null,
      counted: noCounters,
      maxRunning: null,
      maxWaiting: null,
      readings: 0,
      missed: 0,
    });
    this.watched = new Map(roots.map((root) => [root, fresh()]));
    this.onReading = onReading;
  }

  /** Reads all servers every `everyMs` until the signal aborts, and once more then. */
  async run(everyMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.read();
      await systemClock.sleep(everyMs, signal).catch(() => {});
    }
    if (this.watched.size > 0) await Bun.sleep(settleMs);
    await this.read();
  }

  /** One reading of all servers. The first is what the counts start from. */
  async read(): Promise<void> {
    const never = new AbortController().signal;
    await Promise.all([...this.watched].map(async ([root, watched]) => this.take(watched, await scrape(root, never))));
  }

  record(): readonly ServerRecord[] {
    return [...this.watched].map(([server, { last: _last, ...record }]) => ({ server, ...record }));
  }

  private take(watched: Watched, metrics: ServerMetrics | null): void {
    if (metrics === null) {
      watched.missed += 1;
      return;
    }
    const { last } = watched;
    watched.readings += 1;
    watched.maxRunning = larger(watched.maxRunning, metrics.running);
    watched.maxWaiting = larger(watched.maxWaiting, metrics.waiting);
    if (last !== null) watched.counted = addCounters(watched.counted, countedBetween(last, metrics));
    watched.last = metrics;
    this.onReading(metrics, queuePressure(last, metrics));
  }
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
