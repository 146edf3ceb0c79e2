import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import type { ChatRequest } from "./chat-model.ts";
import type { Preset } from "./presets.ts";

/** vLLM's own field beside those of the protocol. */
export interface ChatBody extends ChatCompletionCreateParamsNonStreaming {
  return_token_ids?: boolean;
}

/**
 * The request body: the fields every server knows, further ones where the record of its capabilities names them, and nothing else,
 * because an unknown field is refused by some servers and silently ignored by others (spec serving §1.3).
 */
export function chatBody(model: string, preset: Preset, request: ChatRequest): ChatBody {
  const { temperature, maxTokens, seed } = request.sampling;
  const stop = (request.stop ?? []).slice(0, preset.maxStops);
  return {
    model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    [preset.maxTokensField]: maxTokens,
    temperature,
    ...(preset.seed ? { seed } : {}),
    ...(stop.length > 0 ? { stop } : {}),
    ...(preset.tokenIds && request.tokenIds === true ? { return_token_ids: true } : {}),
  };
}

/** Where the text meets its first stop string; null when it meets none. TGI keeps it, and no server knows more than `maxStops`. */
export function stopAt(text: string, stops: readonly string[]): number | null {
  const places = stops.filter((stop) => stop !== "").map((stop) => text.indexOf(stop));
  const found = places.filter((place) => place >= 0);
  return found.length === 0 ? null : Math.min(...found);
}

/** `X-Request-Id` of one attempt: `episode:call:attempt`, so that the server's log can be joined with the trace. */
export function requestId(request: Pick<ChatRequest, "episodeId" | "callId">, attempt: number): string {
  return [request.episodeId, request.callId, String(attempt)].map((part) => part.replace(/[^\w.-]/g, "-")).join(":");
}
