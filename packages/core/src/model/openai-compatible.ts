import { ModelError } from "../errors.ts";
import { hashJson } from "../hash.ts";
import { createRng, type Rng } from "../rng.ts";
import { exactCounter } from "../tokens/load-tokenizer.ts";
import type { ApiKey } from "./api-key.ts";
import type { CallFailure } from "./call-failure.ts";
import type { CallLimits } from "./call-limits.ts";
import { callWithRetries, type Outcome } from "./call-with-retries.ts";
import { chatBody, requestId, stopAt } from "./chat-body.ts";
import type { ChatModel, ChatRequest, ModelInfo, Reply, Usage } from "./chat-model.ts";
import { type ParsedReply, parseChatReply } from "./chat-reply.ts";
import type { Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import { givenUp } from "./given-up.ts";
import { addresses, formatModelSpec, type ServerSpec } from "./model-spec.ts";
import { type OpenedServer, openServer } from "./open-server.ts";
import { capabilities, type Preset } from "./presets.ts";
import { type Redact, redactor } from "./redact.ts";
import { Replicas, type Route } from "./replicas.ts";
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
  /** See `CreateModelOptions.restoreModel`. */
  readonly restoreModel: ((url: string, signal: AbortSignal) => Promise<boolean>) | null;
}

/** A chat model behind one or several servers that speak the OpenAI protocol (spec serving §1-§3). */
export class OpenAiCompatibleModel implements ChatModel {
  readonly #options: OpenAiCompatibleOptions;
  readonly #spec: string;
  readonly #redact: Redact;
  readonly #connections: ReadonlyMap<string, Connection>;
  readonly #replicas: Replicas;
  #preset: Preset;
  #counter: TokenCounter;
  #closed = false;

  constructor(options: OpenAiCompatibleOptions) {
    const { spec, key, limits, clock } = options;
    this.#options = options;
    this.#counter = options.counter;
    this.#spec = formatModelSpec(spec);
    this.#redact = redactor(key.value);
    this.#preset = capabilities(spec.preset, null);
    const failureContext = () => ({ preset: this.#preset, redact: this.#redact, now: clock.now() });
    const connect = (url: string) => new Connection({ url, key, maxBodyBytes: limits.maxBodyBytes, failureContext });
    const urls = addresses(spec);
    this.#connections = new Map(urls.map((url) => [url, connect(url)]));
    this.#replicas = new Replicas(urls, () => clock.now());
  }

  async open(signal: AbortSignal): Promise<ModelInfo> {
    const { spec, contextTokens } = this.#options;
    const servers = await this.#openServers(signal);
    const [first] = servers;
    this.#preset = capabilities(spec.preset, first.backend);
    const tokenizer = await tokenizerServed(first.names, first.template);
    if (tokenizer !== null) this.#counter = await exactCounter(tokenizer);
    const told = servers.map((server) => server.contextTokens).filter((tokens) => tokens !== null);
    const versions = new Set(servers.map(({ server }) => server).filter((server) => server !== null));
    return {
      spec: this.#spec,
      ruleBased: false,
      contextTokens: contextTokens ?? (told.length > 0 ? Math.min(...told) : this.#preset.contextTokens),
      server: versions.size === 0 ? null : [...versions].join(", "),
      template: first.template,
      ...(tokenizer === null ? {} : { tokenizer }),
    };
  }

  async generate(request: ChatRequest, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted();
    if (this.#closed) throw new ModelError("closed", `model ${this.#spec} was closed: open a new one`);
    const { limits, clock, spec } = this.#options;
    const route = this.#replicas.route(request.episodeId);
    const result = await callWithRetries((number, ms) => this.#attempt(request, route, number, ms, signal), {
      ...limits,
      clock,
      random: chanceOf(request),
      signal,
    });
    if (!result.ok) throw this.#givenUp(result.failure, result.failedAttempts);
    const reply = result.value;
    const cut = stopAt(reply.text, request.stop ?? []);
    return {
      text: cut === null ? reply.text : reply.text.slice(0, cut),
      finish: cut === null ? reply.finish : "stop",
      usage: reply.usage ?? this.#estimate(request, reply.text),
      servedModel: reply.servedModel === null ? spec.name : this.#redact(reply.servedModel),
      failedAttempts: result.failedAttempts,
      ...(request.tokenIds === true && reply.tokenIds !== null ? { tokenIds: reply.tokenIds } : {}),
    };
  }

  close(): void {
    this.#closed = true;
  }

  async #attempt(
    request: ChatRequest,
    route: Route,
    number: number,
    ms: number,
    outer: AbortSignal,
  ): Promise<Outcome<ParsedReply>> {
    const { spec, onFailure, restoreModel } = this.#options;
    const url = route.next();
    const headers = { "X-Request-Id": requestId(request, number) };
    const body = chatBody(spec.name, this.#preset, request);
    const send = (): Promise<Outcome<unknown>> => this.#connection(url).chat(body, ms, outer, headers);
    let answer = await send();
    // A server that was restarted has forgotten the adapters it was given.
    if (!answer.ok && answer.failure.status === 404 && (await restoreModel?.(url, outer)) === true)
      answer = await send();
    const outcome = answer.ok ? parseChatReply(answer.value) : answer;
    route.report(url, outcome.ok ? null : outcome.failure);
    if (!outcome.ok) onFailure?.(outcome.failure);
    return outcome;
  }

  /** All servers that can be reached now, at least one. @throws ModelError when none can, or one that can is not as the others. */
  async #openServers(signal: AbortSignal): Promise<readonly [OpenedServer, ...OpenedServer[]]> {
    const question = {
      ...this.#options.spec,
      spec: this.#spec,
      openMs: this.#options.limits.openMs,
      redact: this.#redact,
      givenUp: (failure: CallFailure) => this.#givenUp(failure, []),
    };
    const opening = [...this.#connections.values()].map((connection) => openServer(connection, question, signal));
    const settled = await Promise.allSettled(opening);
    signal.throwIfAborted();
    const failed = settled.filter((one) => one.status === "rejected").map((one) => one.reason as unknown);
    const [first, ...others] = settled.filter((one) => one.status === "fulfilled").map((one) => one.value);
    const fatal = failed.find((error) => !(error instanceof ModelError && error.retryable));
    if (fatal !== undefined || first === undefined) throw fatal ?? failed[0];
    const odd = others.find((one) => one.template !== first.template || one.backend !== first.backend);
    if (odd === undefined) return [first, ...others];
    throw new ModelError(
      "replicas_differ",
      `model ${this.#spec}: ${odd.url} has another template or tokenizer than ${first.url}; replicas have to serve the same model`,
    );
  }

  #connection(url: string): Connection {
    const connection = this.#connections.get(url);
    if (connection === undefined) throw new Error(`no connection to ${url}`);
    return connection;
  }

  #givenUp(failure: CallFailure, failedAttempts: Reply["failedAttempts"]): ModelError {
    return givenUp(this.#spec, this.#options.key, failure, failedAttempts);
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

/** Spreads the waits of parallel episodes without a second source of chance. Made when a call first has to wait: few do. */
function chanceOf({ episodeId, callId }: ChatRequest): () => number {
  let rng: Rng | null = null;
  return () => {
    rng ??= createRng(Number.parseInt(hashJson([episodeId, callId]).slice(0, 12), 16));
    return rng.next();
  };
}
