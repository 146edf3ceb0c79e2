import { APIConnectionError, APIError } from "openai";
import { BodyTooLarge } from "./bounded-fetch.ts";
import { type CallFailure, type FailureKind, failureOf } from "./call-failure.ts";
import { DeadlineExceeded } from "./deadline.ts";
import type { Preset } from "./presets.ts";
import type { Redact } from "./redact.ts";
import { retryAfter } from "./retry-policy.ts";

export interface FailureContext {
  readonly preset: Preset;
  readonly redact: Redact;
  /** Epoch milliseconds, for `retry-after` dates. */
  readonly now: number;
}

/** How servers say that a prompt is too long: vLLM (three generations), OpenAI, TGI, llama.cpp, SGLang. */
const overflowTexts = [
  /context[ _]length/i,
  /max_tokens=\d+ cannot be greater than max_model_len/,
  /max_tokens must be at least 1, got -/,
  /`?inputs`? tokens \+ `?max_new_tokens`?|`?inputs`? must have less than \d+ tokens/,
  /exceeds? the (available |model's )?(maximum )?context/i,
  /exceed_context_size|context window/i,
];

/** What a thrown request error means. Errors that no server can cause are thrown on. */
export function classifyError(error: unknown, context: FailureContext): CallFailure {
  if (error instanceof DeadlineExceeded) {
    return failureOf("timeout", "timeout", `no answer within ${seconds(error.ms)}`);
  }
  const origin = innermost(error);
  if (origin instanceof BodyTooLarge) return failureOf("garbage", "reply_too_large", origin.message);
  if (error instanceof APIConnectionError) {
    return failureOf("unreachable", "unreachable", `no connection: ${context.redact(String(origin.message))}`);
  }
  if (error instanceof APIError && typeof error.status === "number") return httpFailure(error, error.status, context);
  if (error instanceof SyntaxError) return failureOf("garbage", "bad_reply", "the reply is not valid JSON");
  throw error;
}

function httpFailure(error: APIError, status: number, { preset, redact, now }: FailureContext): CallFailure {
  const text = error.message.replace(/^\d{3} /, "");
  const [kind, code] = meaning(status, `${error.code} ${error.type} ${text}`, preset);
  return {
    kind,
    code: `model.${code}`,
    status,
    message: `status ${status} (${redact(text)})`,
    retryAfterMs: retryAfter(error.headers ?? new Headers(), now),
  };
}

/** @param said the server's error code, type and message. */
function meaning(status: number, said: string, preset: Preset): [FailureKind, string] {
  if (status === 402 || said.includes("insufficient_quota")) return ["fatal", "quota"];
  if (preset.overloadStatuses.includes(status) || status === 408 || status === 409) return ["overloaded", "overloaded"];
  if (status === 501) return ["fatal", "not_supported"];
  // 424 is TGI's failed generation.
  if (status >= 500 || status === 424) return ["server", "server_error"];
  if (status === 401 || status === 403) return ["fatal", "unauthorized"];
  if (status === 404) return ["fatal", "not_found"];
  if (status < 400) return ["fatal", "redirected"];
  const tooLong = [400, 413, 422].includes(status) && overflowTexts.some((pattern) => pattern.test(said));
  return ["fatal", tooLong ? "context_overflow" : "bad_request"];
}

/** The error at the end of the chain of causes: the SDK wraps what our fetch throws. */
function innermost(error: unknown): Error {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current instanceof Error ? current : new Error(String(current));
}

function seconds(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1000)} s`;
}
