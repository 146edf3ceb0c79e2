import { countedBetween, type ServerMetrics } from "./server-metrics.ts";

/** What a server's queue says about how many calls it is sent: more would fit, it is just right, or it is too many. */
export type QueuePressure = "room" | "full" | "over";

/** Waiting requests for each running one that still only keep the batch filled (spec serving §9: 1.25 times the batch). */
const fillingShare = 0.25;
/** From here on a longer prompt may push others out of the cache memory. */
const memoryFull = 0.95;

/**
 * Judges one reading by the queue, the cache memory and the preemptions since the reading before. Unknown values count for nothing: a
 * server without metrics has room, and its 429 and 503 have to do.
 */
export function queuePressure(before: ServerMetrics | null, now: ServerMetrics): QueuePressure {
  const waiting = now.waiting ?? 0;
  const running = now.running ?? 0;
  const preempted = before === null ? 0 : (countedBetween(before, now).preemptions ?? 0);
  if (preempted > 0 || waiting > Math.max(1, fillingShare * running)) return "over";
  return waiting > 0 || (now.cacheUse ?? 0) >= memoryFull ? "full" : "room";
}
