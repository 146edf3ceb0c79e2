import type { FailedAttempt } from "./chat-model.ts";

/** What one failed attempt means for the next: the rows of the retry table (retry-policy.ts, spec serving §1.5). */
export type FailureKind =
  /** Too busy for now: 408, 409, 429, 503. */
  | "overloaded"
  /** The server broke on the request: 500, 502, 504. The same request failing again is poison. */
  | "server"
  /** No connection, or one that closed before the whole answer was there. */
  | "unreachable"
  /** No whole answer within the attempt's deadline. */
  | "timeout"
  /** Status 200, but no reply that can be used. */
  | "garbage"
  /** Status 200, but the server gave up the generation (`abort` or `error`): shutdown, sleep. */
  | "stopped"
  /** Asking again gives the same answer. */
  | "fatal";

export interface CallFailure {
  readonly kind: FailureKind;
  /** Stable, dotted: becomes the code of the `ModelError`. */
  readonly code: string;
  readonly status: number | null;
  /** What happened, on one line, without any key. */
  readonly message: string;
  /** The wait the server asked for. */
  readonly retryAfterMs: number | null;
}

export function failureOf(kind: FailureKind, code: string, message: string): CallFailure {
  return { kind, code: `model.${code}`, status: null, message, retryAfterMs: null };
}

export function failedAttempt(failure: CallFailure, waitedMs: number): FailedAttempt {
  return { code: failure.code, status: failure.status, waitedMs };
}
