import type { Observation } from "../env/environment.ts";
import { renderOp } from "../ops/grammar.ts";
import type { PromptMessage } from "../scaffold/parts.ts";
import { observationText } from "./effect.ts";

/** The last steps as a conversation, for context bundles: each observation a user message, each executed action an assistant message. */
export class History {
  private readonly steps: { readonly observation: string; readonly action: string }[] = [];
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  add(observation: Observation, action: string): void {
    if (this.capacity === 0) return;
    this.steps.push({ observation: observationText(observation), action });
    if (this.steps.length > this.capacity) this.steps.shift();
  }

  messages(): PromptMessage[] {
    return this.steps.flatMap(({ observation, action }): PromptMessage[] => [
      { role: "user", parts: [{ part: "history.observation", text: observation }] },
      { role: "assistant", parts: [{ part: "history.action", text: renderOp("ACTION", { action }) }] },
    ]);
  }
}
