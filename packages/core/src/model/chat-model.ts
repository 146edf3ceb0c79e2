import type { Hash } from "../hash.ts";
import type { TokenizerName } from "../tokens/known-tokenizers.ts";

/** The contract between the agent and whatever generates text. Types only. */

export type MessageRole = "system" | "user" | "assistant";

export interface ChatMessage {
  readonly role: MessageRole;
  readonly content: string;
}

/** `memory` does LOG and consults; `gameplay` commits. In one-model play both are the same model. */
export type ModelRole = "memory" | "gameplay";

export interface Sampling {
  readonly temperature: number;
  readonly maxTokens: number;
  /** Derived per call from the episode's root, so that a replay can ask the same question again. 0…2^31-1. */
  readonly seed: number;
}

export interface ChatRequest {
  /** Unique in the episode, e.g. `12.log.0`; part of the server's request id `episode:call:attempt`. */
  readonly callId: string;
  /** Replicas are chosen by it, so that an episode stays on one prefix cache. */
  readonly episodeId: string;
  readonly messages: readonly ChatMessage[];
  readonly sampling: Sampling;
}

export interface Usage {
  readonly prompt: number;
  /** Prompt tokens served from the prefix cache; null when the server does not say. */
  readonly cached: number | null;
  readonly output: number;
  /** False when the counts are our estimate because the server sent none. */
  readonly exact: boolean;
}

/** One failed try that was repeated. Wall times are operational, not content. */
export interface FailedAttempt {
  readonly code: string;
  readonly status: number | null;
  readonly waitedMs: number;
}

export interface Reply {
  readonly text: string;
  /** `length`: cut by the token limit; the agent treats the tail as malformed. */
  readonly finish: "stop" | "length";
  readonly usage: Usage;
  /** The model id the server reported; a rule-based player's own label. */
  readonly servedModel: string;
  readonly failedAttempts: readonly FailedAttempt[];
}

/** What is known about a model before the first call. Recorded in the trace header. */
export interface ModelInfo {
  /** As named on the command line: `scripted` or `preset:name@url` (never with credentials). */
  readonly spec: string;
  /** True for rule-based players; shown wherever results are shown. */
  readonly ruleBased: boolean;
  /** Prompt plus output must fit. */
  readonly contextTokens: number;
  /** Server software and version, if it says. */
  readonly server: string | null;
  /** Hash of how the server's chat template renders a fixed conversation; null when the server does not say. */
  readonly template: Hash | null;
  /** Whose exact counts hold for this model; absent where none is known and counts are estimates. */
  readonly tokenizer?: TokenizerName;
}

/** A chat model. `generate` retries what is retryable and then throws `ModelError`; aborting rejects with the signal's reason. */
export interface ChatModel {
  /** Reaches the server once, so that a wrong URL, key or model name fails before anything is written. */
  open(signal: AbortSignal): Promise<ModelInfo>;
  generate(request: ChatRequest, signal: AbortSignal): Promise<Reply>;
  /** Refuses further calls (`model.closed`); those under way end by their own signals. */
  close(): void;
}
