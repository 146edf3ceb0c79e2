import type { ChatMessage } from "../model/chat-model.ts";
import type { TokenCounter } from "../model/token-estimate.ts";
import type { RenderChat } from "./chat-template.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Counts with the model's own tokenizer and chat template: what a server that runs this model reports as prompt tokens. */
export class ExactCounter implements TokenCounter {
  readonly exact = true;
  readonly tokenizer: Tokenizer;
  readonly #render: RenderChat;

  constructor(tokenizer: Tokenizer, render: RenderChat) {
    this.tokenizer = tokenizer;
    this.#render = render;
  }

  count(text: string): number {
    return this.tokenizer.count(text);
  }

  countPrompt(messages: readonly ChatMessage[]): number {
    return this.tokenizer.count(this.#render(messages));
  }

  async prepare(messages: readonly ChatMessage[]): Promise<void> {
    await this.tokenizer.prepare([this.#render(messages)]);
  }

  /** The text that the model is given. */
  render(messages: readonly ChatMessage[]): string {
    return this.#render(messages);
  }

  /** The token ids that the model is given. */
  promptIds(messages: readonly ChatMessage[]): Uint32Array {
    return this.tokenizer.ids(this.#render(messages));
  }
}
