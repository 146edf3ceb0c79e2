/** @module Play on many machines: a queue of episodes in Redis, its producer and its workers. */

export { QueueSource } from "./queue-source.ts";
export { parseQueueUrl, passwordVariable, type QueueAddress } from "./redis.ts";
export { runQueueWorker } from "./worker.ts";
export type { QueueWorkerOptions, WorkerEvent } from "./worker-options.ts";
export type { WorkerPlaces } from "./worker-places.ts";
