import type { CallFailure, FailureKind } from "./call-failure.ts";

export interface RetryRule {
  /** Retries after failures of this kind, per call. */
  readonly retries: number;
  /** The first wait; each further one doubles, up to the longest. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The retry table (spec serving §1.5). The total deadline of a call bounds all of them together. */
export const retryRules: Readonly<Record<FailureKind, RetryRule>> = {
  overloaded: { retries: 40, firstMs: 1000, longestMs: 30_000 },
  // A server that is being restarted is away for minutes.
  unreachable: { retries: 20, firstMs: 500, longestMs: 30_000 },
  stopped: { retries: 5, firstMs: 1000, longestMs: 30_000 },
  server: { retries: 2, firstMs: 1000, longestMs: 8000 },
  timeout: { retries: 2, firstMs: 500, longestMs: 4000 },
  garbage: { retries: 3, firstMs: 500, longestMs: 4000 },
  fatal: { retries: 0, firstMs: 0, longestMs: 0 },
};

/** A server's wish for a longer wait than this is not followed to the letter. */
const longestRetryAfterMs = 120_000;
/** Spread over callers that were all told the same time. */
const retryAfterSpreadMs = 500;

/**
 * Milliseconds to wait before the next attempt, or null to give up.
 * @param earlier the failures before `failure` in this call.
 * @param random in [0, 1): waits are spread over half their length, so that many callers do not return together.
 */
export function nextWait(failure: CallFailure, earlier: readonly CallFailure[], random: number): number | null {
  const rule = retryRules[failure.kind];
  const retried = earlier.filter((one) => one.kind === failure.kind).length;
  if (retried >= rule.retries) return null;
  if (failure.retryAfterMs !== null && failure.retryAfterMs > 0) {
    return Math.round(Math.min(failure.retryAfterMs, longestRetryAfterMs) + random * retryAfterSpreadMs);
  }
  const backoff = Math.min(rule.firstMs * 2 ** retried, rule.longestMs);
  return Math.round(backoff * (0.5 + random / 2));
}

/**
 * The wait a response asks for, from `retry-after-ms` or `retry-after` (seconds or a date); null when it asks for none.
 * @param now epoch milliseconds, to which a date is compared.
 */
export function retryAfter(headers: Headers, now: number): number | null {
  const exact = seconds(headers.get("retry-after-ms"), 0.001);
  if (exact !== null) return exact;
  const value = headers.get("retry-after");
  const asSeconds = seconds(value, 1);
  if (asSeconds !== null || value === null) return asSeconds;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function seconds(text: string | null, unit: number): number | null {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Math.round(Number(text) * unit * 1000) : null;
}
