import { OpenAI } from "openai";
import type { ApiKey } from "./api-key.ts";
import { type BoundedFetch, boundedFetch } from "./bounded-fetch.ts";
import type { Outcome } from "./call-with-retries.ts";
import type { ChatBody } from "./chat-body.ts";
import { withDeadline } from "./deadline.ts";
import { classifyError, type FailureContext } from "./http-failure.ts";

/** The longest time a timer can hold; the SDK's own limit is switched off by it, ours is shorter. */
const longestTimerMs = 2 ** 31 - 1;

const neededHeaders = ["accept", "authorization", "content-type", "user-agent", "x-request-id"];

export interface ConnectionOptions {
  /** Address of the API, usually ending in `/v1`. */
  readonly url: string;
  readonly key: ApiKey;
  readonly maxBodyBytes: number;
  /** For the reading of failures, which depends on the kind of server. */
  readonly failureContext: () => FailureContext;
}

/**
 * One server. The SDK sends single requests; deadlines, retries and the reading of replies are ours, so that every attempt is known and
 * counted.
 */
export class Connection {
  readonly url: string;
  /** Without a key and with the same bounds, for the server's own pages. */
  readonly fetch: BoundedFetch;
  readonly #client: OpenAI;
  readonly #failureContext: () => FailureContext;

  constructor({ url, key, maxBodyBytes, failureContext }: ConnectionOptions) {
    this.url = url;
    this.#failureContext = failureContext;
    this.fetch = boundedFetch(maxBodyBytes);
    this.#client = new OpenAI({
      baseURL: url,
      // The SDK insists on a key; what is sent is the header, or none.
      apiKey: "none",
      defaultHeaders: { Authorization: key.value === null ? null : `Bearer ${key.value}` },
      // What else the environment holds for this SDK is not meant for this server; OPENAI_CUSTOM_HEADERS falls to `neededOnly`.
      adminAPIKey: null,
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: longestTimerMs,
      logLevel: "off",
      fetch: (input, init) => this.fetch(input, { ...init, headers: neededOnly(new Headers(init?.headers)) }),
    });
  }

  /** Asks for one chat completion. Rejects only when `outer` aborts. */
  chat(
    body: ChatBody,
    ms: number,
    outer: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Outcome<unknown>> {
    return this.#send(outer, ms, (signal) => this.#client.chat.completions.create(body, { signal, headers }));
  }

  /** Reads a page of the API, e.g. `/models`. Rejects only when `outer` aborts. */
  get(path: string, ms: number, outer: AbortSignal): Promise<Outcome<unknown>> {
    return this.#send(outer, ms, (signal) => this.#client.get(path, { signal }));
  }

  async #send(
    outer: AbortSignal,
    ms: number,
    send: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<Outcome<unknown>> {
    try {
      return { ok: true, value: await withDeadline(outer, ms, send) };
    } catch (error) {
      if (outer.aborted) throw outer.reason;
      return { ok: false, failure: classifyError(error, this.#failureContext()) };
    }
  }
}

function neededOnly(headers: Headers): Record<string, string> {
  const needed: Record<string, string> = {};
  for (const name of neededHeaders) {
    const value = headers.get(name);
    if (value !== null) needed[name] = value;
  }
  return needed;
}
