import type { ModelInfo } from "../model/chat-model.ts";
import { estimatedTokens, type TokenCounter } from "../model/token-estimate.ts";
import { exactCounter } from "./load-tokenizer.ts";

/** The counter for an episode of these models: exact when one tokenizer is known for all of them, the estimate otherwise. */
export async function episodeCounter(models: readonly ModelInfo[]): Promise<TokenCounter> {
  const [tokenizer, ...others] = new Set(models.map((model) => model.tokenizer));
  return tokenizer === undefined || others.length > 0 ? estimatedTokens : exactCounter(tokenizer);
}
