import { ModelError } from "../errors.ts";
import type { ChatModel, ChatRequest, ModelInfo, Reply } from "./chat-model.ts";
import type { RulePlayer } from "./rule-player.ts";
import { countPrompt, type TokenCounter } from "./token-estimate.ts";

/** As the published base model serves it. */
const defaultContextTokens = 32_768;

export interface ScriptedOptions {
  readonly player: RulePlayer;
  readonly counter: TokenCounter;
  readonly contextTokens?: number;
}

/**
 * A rule-based player behind the model contract. Like a server it limits context and output, and like a server it knows nothing but
 * messages and seed: the reply is a pure function of both.
 */
export class ScriptedModel implements ChatModel {
  readonly #options: ScriptedOptions;
  readonly #contextTokens: number;
  #closed = false;

  constructor(options: ScriptedOptions) {
    this.#options = options;
    this.#contextTokens = options.contextTokens ?? defaultContextTokens;
  }

  async open(signal: AbortSignal): Promise<ModelInfo> {
    signal.throwIfAborted();
    return { spec: "scripted", ruleBased: true, contextTokens: this.#contextTokens, server: null, template: null };
  }

  async generate(request: ChatRequest, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted();
    if (this.#closed) throw new ModelError("closed", "model scripted was closed: open a new one");
    const { player, counter } = this.#options;
    const { maxTokens, seed } = request.sampling;
    const prompt = countPrompt(counter, request.messages);
    if (prompt + maxTokens > this.#contextTokens) {
      throw new ModelError(
        "context_overflow",
        `model scripted: ${prompt} prompt tokens and ${maxTokens} for the reply exceed the context of ${this.#contextTokens}; shorten the prompt`,
      );
    }
    const full = player.reply(request.messages, seed);
    const text = cutToTokens(full, maxTokens, counter);
    return {
      text,
      finish: text.length < full.length ? "length" : "stop",
      usage: { prompt, cached: null, output: counter.count(text), exact: counter.exact },
      servedModel: player.label,
      failedAttempts: [],
    };
  }

  close(): void {
    this.#closed = true;
  }
}

/** The longest prefix within `maxTokens`, found by halving. Cuts no character in two. */
function cutToTokens(text: string, maxTokens: number, counter: TokenCounter): string {
  if (counter.count(text) <= maxTokens) return text;
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (counter.count(text.slice(0, middle)) <= maxTokens) fits = middle;
    else tooLong = middle;
  }
  const cut = text.slice(0, fits);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
