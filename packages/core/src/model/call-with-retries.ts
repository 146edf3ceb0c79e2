import { type CallFailure, failedAttempt } from "./call-failure.ts";
import type { FailedAttempt } from "./chat-model.ts";
import type { Clock } from "./clock.ts";
import { nextWait } from "./retry-policy.ts";

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: CallFailure };

export interface RetryOptions {
  /** For one attempt and for the whole call, waits included. */
  readonly attemptMs: number;
  readonly totalMs: number;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

export type CallResult<T> = Outcome<T> & { readonly failedAttempts: readonly FailedAttempt[] };

/**
 * Tries until an attempt succeeds, the retry table gives up or the total deadline would pass. An unsuccessful result carries the last
 * failure; its list then ends with that attempt. Rejects only when the signal aborts or an attempt throws.
 */
export async function callWithRetries<T>(
  attempt: (number: number, deadlineMs: number) => Promise<Outcome<T>>,
  options: RetryOptions,
): Promise<CallResult<T>> {
  const { clock, signal } = options;
  const end = clock.now() + options.totalMs;
  const failures: CallFailure[] = [];
  const failedAttempts: FailedAttempt[] = [];
  for (let number = 1; ; number++) {
    signal.throwIfAborted();
    const outcome = await attempt(number, Math.max(1, Math.min(options.attemptMs, end - clock.now())));
    if (outcome.ok) return { ...outcome, failedAttempts };
    const wait = nextWait(outcome.failure, failures, options.random());
    if (wait === null || clock.now() + wait >= end) {
      return { ...outcome, failedAttempts: [...failedAttempts, failedAttempt(outcome.failure, 0)] };
    }
    failures.push(outcome.failure);
    failedAttempts.push(failedAttempt(outcome.failure, wait));
    await clock.sleep(wait, signal);
  }
}
