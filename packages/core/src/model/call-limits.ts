/** Bounds on one call to a model server. */
export interface CallLimits {
  /** Deadline of one attempt: a long reply behind a long queue. */
  readonly attemptMs: number;
  /** Deadline of the call, waits and retries included: long enough for a server to be restarted. */
  readonly totalMs: number;
  /** Deadline of the requests that open a model. */
  readonly openMs: number;
  /** Largest response body, decompressed. */
  readonly maxBodyBytes: number;
}

export const defaultCallLimits: CallLimits = {
  attemptMs: 600_000,
  totalMs: 1_800_000,
  openMs: 15_000,
  maxBodyBytes: 8 * 1024 * 1024,
};

/** Bun's own default and the largest it accepts. */
const bunDefault = 256;
const bunLimit = 65_535;

/**
 * How many requests this process can have under way; Bun queues the rest without a word (spec serving §7.1). Callers refuse a larger
 * concurrency and name BUN_CONFIG_MAX_HTTP_REQUESTS, which counts only when set before the process starts.
 */
export function maxParallelRequests(variables: Readonly<Record<string, string | undefined>> = process.env): number {
  const value = Number(variables.BUN_CONFIG_MAX_HTTP_REQUESTS);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, bunLimit) : bunDefault;
}
