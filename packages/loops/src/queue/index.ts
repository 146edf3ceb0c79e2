/** @module Play on many machines: a queue of episodes in Redis, its producer and its workers. */

export { QueueSource } from "./queue-source.ts";
export { parseQueueUrl, passwordVariable, type QueueAddress } from "./redis.ts";
export type { WorkerPlaces } from "./worked-run.ts";
export { type QueueWorkerOptions, runQueueWorker, type WorkerEvent } from "./worker.ts";
