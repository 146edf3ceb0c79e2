import { OpenAI } from "openai";
import { ModelError } from "../errors.ts";
import { hashJson } from "../hash.ts";
import { createRng } from "../rng.ts";
import { exactCounter } from "../tokens/load-tokenizer.ts";
import type { ApiKey } from "./api-key.ts";
import { type BoundedFetch, boundedFetch } from "./bounded-fetch.ts";
import type { CallFailure } from "./call-failure.ts";
import type { CallLimits } from "./call-limits.ts";
import { type CallResult, callWithRetries, type Outcome } from "./call-with-retries.ts";
import { chatBody, requestId } from "./chat-body.ts";
import type { ChatModel, ChatRequest, ModelInfo, Reply, Usage } from "./chat-model.ts";
import { type ParsedReply, parseChatReply } from "./chat-reply.ts";
import type { Clock } from "./clock.ts";
import { withDeadline } from "./deadline.ts";
import { givenUp } from "./given-up.ts";
import { classifyError } from "./http-failure.ts";
import { formatModelSpec, type ServerSpec } from "./model-spec.ts";
import { presets } from "./presets.ts";
import { type Redact, redactor } from "./redact.ts";
import {
  askTemplate,
  askVersion,
  isServed,
  listedContext,
  type ModelList,
  namesOf,
  parseModelList,
} from "./server-probe.ts";
import { countPrompt, type TokenCounter } from "./token-estimate.ts";
import { tokenizerServed } from "./tokenizer-served.ts";

export interface OpenAiCompatibleOptions {
  readonly spec: ServerSpec;
  readonly key: ApiKey;
  readonly limits: CallLimits;
  readonly clock: Clock;
  /** Fills in for servers that send no usage, until `open` finds a better one. */
  readonly counter: TokenCounter;
  /** Overrides what the server tells or the preset assumes. */
  readonly contextTokens: number | null;
  /** Told of each failed try of a call. */
  readonly onFailure: ((failure: CallFailure) => void) | null;
}

/** The longest time a timer can hold; the SDK's own limit is switched off by it, ours is shorter. */
const longestTimerMs = 2 ** 31 - 1;

const neededHeaders = ["accept", "authorization", "content-type", "user-agent", "x-request-id"];

/**
 * A chat model behind a server that speaks the OpenAI protocol (spec serving §1-§3). The SDK sends single attempts; deadlines, retries
 * and the reading of replies are ours, so that every attempt is known and counted.
 */
export class OpenAiCompatibleModel implements ChatModel {
  readonly #options: OpenAiCompatibleOptions;
  readonly #spec: string;
  readonly #redact: Redact;
  readonly #fetch: BoundedFetch;
  readonly #client: OpenAI;
  #counter: TokenCounter;
  #closed = false;

  constructor(options: OpenAiCompatibleOptions) {
    this.#options = options;
    this.#counter = options.counter;
    this.#spec = formatModelSpec(options.spec);
    this.#redact = redactor(options.key.value);
    this.#fetch = boundedFetch(options.limits.maxBodyBytes);
    this.#client = new OpenAI({
      baseURL: options.spec.url,
      // The SDK insists on a key; what is sent is the header, or none.
      apiKey: "none",
      defaultHeaders: { Authorization: options.key.value === null ? null : `Bearer ${options.key.value}` },
      // What else the environment holds for this SDK is not meant for this server; OPENAI_CUSTOM_HEADERS falls to `neededOnly`.
      adminAPIKey: null,
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: longestTimerMs,
      logLevel: "off",
      fetch: (input, init) => this.#fetch(input, { ...init, headers: neededOnly(new Headers(init?.headers)) }),
    });
  }

  async open(signal: AbortSignal): Promise<ModelInfo> {
    const { spec } = this.#options;
    const models = await this.#listModels(signal);
    if (models !== null && !isServed(models, spec)) throw this.#unknownModel(models);
    const [facts, template] = await Promise.all([
      askVersion(spec, this.#fetch, signal),
      askTemplate(spec, this.#fetch, signal),
    ]);
    const tokenizer = await tokenizerServed(namesOf(models ?? [], spec.name), template);
    if (tokenizer !== null) this.#counter = await exactCounter(tokenizer);
    return {
      spec: this.#spec,
      ruleBased: false,
      contextTokens:
        this.#options.contextTokens ??
        listedContext(models ?? [], spec.name) ??
        facts.contextTokens ??
        presets[spec.preset].contextTokens,
      server: facts.version === null ? null : `${spec.preset} ${this.#redact(facts.version)}`,
      template,
      ...(tokenizer === null ? {} : { tokenizer }),
    };
  }

  async generate(request: ChatRequest, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted();
    if (this.#closed) throw new ModelError("closed", `model ${this.#spec} was closed: open a new one`);
    const { limits, clock, spec } = this.#options;
    // Spreads the waits of parallel episodes without a second source of chance.
    const rng = createRng(Number.parseInt(hashJson([request.episodeId, request.callId]).slice(0, 12), 16));
    const result = await callWithRetries((number, ms) => this.#attempt(request, number, ms, signal), {
      ...limits,
      clock,
      random: rng.next,
      signal,
    });
    const reply = this.#settled(result);
    return {
      text: reply.text,
      finish: reply.finish,
      usage: reply.usage ?? this.#estimate(request, reply.text),
      servedModel: reply.servedModel === null ? spec.name : this.#redact(reply.servedModel),
      failedAttempts: result.failedAttempts,
    };
  }

  close(): void {
    this.#closed = true;
  }

  async #attempt(request: ChatRequest, number: number, ms: number, outer: AbortSignal): Promise<Outcome<ParsedReply>> {
    const headers = { "X-Request-Id": requestId(request, number) };
    const body = chatBody(this.#options.spec, request);
    const answer = await this.#send(outer, ms, (signal) =>
      this.#client.chat.completions.create(body, { signal, headers }),
    );
    const outcome = answer.ok ? parseChatReply(answer.value) : answer;
    if (!outcome.ok) this.#options.onFailure?.(outcome.failure);
    return outcome;
  }

  /** One request under its deadline. Rejects only when `outer` aborts. */
  async #send(
    outer: AbortSignal,
    ms: number,
    send: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<Outcome<unknown>> {
    try {
      return { ok: true, value: await withDeadline(outer, ms, send) };
    } catch (error) {
      if (outer.aborted) throw outer.reason;
      const { preset } = this.#options.spec;
      const context = { preset: presets[preset], redact: this.#redact, now: this.#options.clock.now() };
      return { ok: false, failure: classifyError(error, context) };
    }
  }

  /** The models the server lists, or null when it has no list. */
  async #listModels(signal: AbortSignal): Promise<ModelList | null> {
    const answer = await this.#send(signal, this.#options.limits.openMs, (inner) =>
      this.#client.get("/models", { signal: inner }),
    );
    if (!answer.ok && (answer.failure.status === 404 || answer.failure.status === 405)) return null;
    const body = this.#settled({ ...answer, failedAttempts: [] });
    const models = parseModelList(body);
    if (models !== null) return models;
    throw new ModelError(
      "bad_reply",
      `model ${this.#spec}: ${this.#options.spec.url}/models holds no list of models; check that the address is an OpenAI-compatible API (it usually ends in /v1)`,
    );
  }

  #settled<T>(result: CallResult<T>): T {
    if (result.ok) return result.value;
    throw givenUp(this.#spec, this.#options.key, result.failure, result.failedAttempts);
  }

  #unknownModel(models: ModelList): ModelError {
    const names = models.slice(0, 5).map((model) => this.#redact(model.id));
    const more = models.length > names.length ? ` and ${models.length - names.length} more` : "";
    const served = names.length === 0 ? "none" : `${names.join(", ")}${more}`;
    return new ModelError("unknown_model", `model ${this.#spec}: the server does not serve it; it serves ${served}`, {
      data: { available: names },
    });
  }

  #estimate(request: ChatRequest, text: string): Usage {
    const counter = this.#counter;
    return {
      prompt: countPrompt(counter, request.messages),
      cached: null,
      output: counter.count(text),
      exact: counter.exact,
    };
  }
}

function neededOnly(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => neededHeaders.includes(name)));
}
