import type { QueueAddress } from "./redis.ts";
import type { WorkerPlaces } from "./worker-places.ts";

export interface QueueWorkerOptions extends WorkerPlaces {
  readonly address: QueueAddress;
  /** Episodes played at a time; each has one call under way. `auto` finds what the servers are worth, as a rollout in one process does. */
  readonly concurrency: number | "auto";
  /** Seconds without a sign of life after which this worker's episodes go to others. */
  readonly lockSeconds: number;
  /** End when nothing is left in the queue. */
  readonly drain: boolean;
  /** Firing it hands back what is being played and ends the worker. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** `concurrency` is the level at that time. */
export type WorkerEvent =
  | { readonly event: "ready"; readonly queue: string; readonly worker: string; readonly concurrency: number }
  | { readonly event: "level"; readonly concurrency: number }
  | { readonly event: "started"; readonly id: string; readonly task: string | null; readonly seed: number }
  | { readonly event: "ended"; readonly id: string; readonly status: string; readonly reason: string | null }
  | { readonly event: "handed_back"; readonly id: string; readonly reason: string }
  | { readonly event: "trouble"; readonly reason: string }
  | { readonly event: "recovered" }
  | { readonly event: "left"; readonly settled: number; readonly open: number; readonly handedBack: number };
