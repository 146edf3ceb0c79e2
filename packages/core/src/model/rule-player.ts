import type { ChatMessage } from "./chat-model.ts";

/**
 * A rule-based stand-in for a language model: a pure function of what a model would be given. It keeps nothing between calls
 * (a fresh instance replies identically), so all it knows beyond the messages is what its memory ops return.
 */
export interface RulePlayer {
  /** Shown beside every result, e.g. `rule-based player, not a language model`. */
  readonly label: string;
  /** The reply text: prose, ops and actions, as a model would write them. All chance comes from `samplingSeed`. */
  reply(messages: readonly ChatMessage[], samplingSeed: number): string;
}
