import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import type { ChatRequest } from "./chat-model.ts";
import type { ServerSpec } from "./model-spec.ts";
import { presets } from "./presets.ts";

/**
 * The request body: the fields every server knows and nothing else, because an unknown one is refused by some and silently ignored by
 * others (spec serving §1.3).
 */
export function chatBody(spec: ServerSpec, request: ChatRequest): ChatCompletionCreateParamsNonStreaming {
  const preset = presets[spec.preset];
  const { temperature, maxTokens, seed } = request.sampling;
  return {
    model: spec.name,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    [preset.maxTokensField]: maxTokens,
    temperature,
    ...(preset.seed ? { seed } : {}),
  };
}

/** `X-Request-Id` of one attempt: `episode:call:attempt`, so that the server's log can be joined with the trace. */
export function requestId(request: Pick<ChatRequest, "episodeId" | "callId">, attempt: number): string {
  return [request.episodeId, request.callId, String(attempt)].map((part) => part.replace(/[^\w.-]/g, "-")).join(":");
}
