import { hostname } from "node:os";

/** By which a worker's machine and process are found. */
export function workerName(): string {
  return `${hostname()}-${process.pid}`;
}
