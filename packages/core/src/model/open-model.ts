import { UsageError } from "../errors.ts";
import { apiKey, type Variables } from "./api-key.ts";
import type { CallFailure } from "./call-failure.ts";
import { type CallLimits, defaultCallLimits } from "./call-limits.ts";
import type { ChatModel } from "./chat-model.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type ModelSpec, parseModelSpec } from "./model-spec.ts";
import { presets } from "./presets.ts";
import type { RulePlayer } from "./rule-player.ts";
import { ScriptedModel } from "./scripted.ts";
import { estimatedTokens, type TokenCounter } from "./token-estimate.ts";

export interface CreateModelOptions {
  /** The family's rule-based player, for `scripted`. */
  readonly player?: RulePlayer;
  /** Where keys are looked up; default `process.env`. */
  readonly variables?: Variables;
  readonly counter?: TokenCounter;
  /** Prompt plus output, when the server does not tell or tells too much. */
  readonly contextTokens?: number;
  readonly limits?: Partial<CallLimits>;
  readonly clock?: Clock;
  /** Told of each failed try at once, before its retries: who sends many calls learns early that a server is too busy. */
  readonly onFailure?: (failure: CallFailure) => void;
  /**
   * Asked when a server says that it does not know the model (404), at most once per try: puts the model back on the server at this
   * address, e.g. an adapter after a restart. False: it cannot, and the call fails.
   */
  readonly restoreModel?: (url: string, signal: AbortSignal) => Promise<boolean>;
}

/**
 * The model a spec names. Nothing is sent before `open`.
 * @throws UsageError for a bad spec, or `scripted` without a player; SetupError for an unusable key.
 */
export async function createModel(spec: string | ModelSpec, options: CreateModelOptions = {}): Promise<ChatModel> {
  const parsed = typeof spec === "string" ? parseModelSpec(spec) : spec;
  const counter = options.counter ?? estimatedTokens;
  if (parsed.kind === "scripted") return scripted(counter, options);
  // Loaded here, because only runs with a server need the SDK.
  const { OpenAiCompatibleModel } = await import("./openai-compatible.ts");
  return new OpenAiCompatibleModel({
    spec: parsed,
    key: apiKey(presets[parsed.preset], options.variables ?? process.env),
    limits: { ...defaultCallLimits, ...options.limits },
    clock: options.clock ?? systemClock,
    counter,
    contextTokens: options.contextTokens ?? null,
    onFailure: options.onFailure ?? null,
    restoreModel: options.restoreModel ?? null,
  });
}

function scripted(counter: TokenCounter, { player, contextTokens }: CreateModelOptions): ChatModel {
  if (player === undefined) {
    throw new UsageError(
      "no_player",
      "model 'scripted': this environment has no rule-based player; name a model as preset:name@url",
    );
  }
  return new ScriptedModel({ player, counter, ...(contextTokens === undefined ? {} : { contextTokens }) });
}
