import { ModelError } from "../errors.ts";
import type { ApiKey } from "./api-key.ts";
import type { CallFailure } from "./call-failure.ts";
import type { FailedAttempt } from "./chat-model.ts";

/** What to do about each failure, by code. `unauthorized` depends on the key. */
const advice: Readonly<Record<string, string>> = {
  "model.overloaded": "the server is too busy; run fewer episodes at a time or try later",
  "model.server_error": "look into the server's log",
  "model.unreachable": "check that the server is running and that the address is right",
  "model.timeout": "the server may be overloaded or hanging; look into its log",
  "model.stopped": "the server was shutting down or put to sleep; look into its log",
  "model.bad_reply": "check that the address is an OpenAI-compatible API (it usually ends in /v1)",
  "model.reply_too_large": "check that the address is an OpenAI-compatible API",
  "model.quota": "the account behind the key has no credit left",
  "model.not_found": "check the model's name and the address (it usually ends in /v1)",
  "model.not_supported": "the server cannot do this; name another server or model",
  "model.redirected": "name the address it redirects to",
  "model.context_overflow": "shorten the prompt or serve the model with a longer context",
  "model.bad_request": "the server refuses such requests; check that the preset fits the server",
};

/** The error of a call that failed for good. It is retryable when the same call may succeed at another time. */
export function givenUp(
  spec: string,
  key: ApiKey,
  failure: CallFailure,
  failedAttempts: readonly FailedAttempt[],
): ModelError {
  const tries = failedAttempts.length > 1 ? ` after ${failedAttempts.length} attempts` : "";
  return new ModelError(
    failure.code.replace(/^model\./, ""),
    `model ${spec}: ${failure.message}${tries}; ${adviceFor(failure, key)}`,
    { retryable: failure.kind !== "fatal", data: { status: failure.status, failedAttempts } },
  );
}

function adviceFor(failure: CallFailure, key: ApiKey): string {
  if (failure.code !== "model.unauthorized") return advice[failure.code] ?? "look into the server's log";
  return key.value === null
    ? `the server asks for a key: set the environment variable ${key.variable}`
    : `the key in the environment variable ${key.variable} was refused: set a valid one`;
}
