import { attribute, ModelError, ScaffoldError } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import type { ChatRequest, ModelRole, Reply } from "../model/chat-model.ts";
import { samplingSeed } from "../model/sampling-seed.ts";
import type { Phase } from "../ops/vocabulary.ts";
import { type FittedPrompt, fitPrompt } from "../scaffold/budget.ts";
import { chatOf, messageText, type PromptMessage } from "../scaffold/parts.ts";
import type { MessageRef } from "../trace/events.ts";
import type { RecordedCall } from "../trace/sink.ts";
import { type EpisodeSetup, record } from "./runtime.ts";

/** Times a prompt is tightened after the server called it too long, and by how much. */
const overflowRetries = 3;
const overflowShrink = 0.8;

/** A model's own long reply gives way last: what the scaffold declared is cut first. */
const replyShortening = { rank: 9, keep: "end" } as const;

export interface Answer {
  readonly callId: string;
  readonly text: string;
  /** The reply was cut by the output limit. */
  readonly cut: boolean;
}

/** What is fixed about a call before its prompt is fitted. */
interface Question {
  readonly callId: string;
  readonly phase: Phase;
  readonly role: ModelRole;
  readonly maxTokens: number;
  readonly seed: number;
}

/**
 * One phase's exchange with the models: built new at every step, append-only, recorded by what each call adds. The only edits are the
 * recorded ones: cuts by the prompt budget, and the removal of a specialist's action before a hand-off.
 */
export class Conversation {
  private messages: PromptMessage[];
  private recorded = 0;
  private readonly setup: EpisodeSetup;
  private readonly step: number;
  private readonly id: string;

  constructor(setup: EpisodeSetup, step: number, name: "log" | "plan", messages: readonly PromptMessage[]) {
    this.setup = setup;
    this.step = step;
    this.id = `${step}.${name}`;
    this.messages = [...messages];
  }

  push(messages: readonly PromptMessage[]): void {
    this.messages.push(...messages);
  }

  /** Replaces the text of the newest message. */
  editLast(text: string, reason: string): void {
    const index = this.messages.length - 1;
    const last = this.messages[index];
    if (last !== undefined) this.edit(index, { role: last.role, parts: [{ part: "edited", text }] }, reason);
  }

  /** Asks the role's model, records call and reply, and appends the reply to the conversation. */
  async ask(phase: Phase, role: ModelRole, turn: number): Promise<Answer> {
    const callId = `${this.step}.${phase}.${turn}`;
    const { text, finish } = await this.call(callId, phase, role);
    this.messages.push({ role: "assistant", parts: [{ part: "reply", text, shorten: replyShortening }] });
    return { callId, text, cut: finish === "length" };
  }

  private async call(
    callId: string,
    phase: Phase,
    role: ModelRole,
  ): Promise<{ text: string; finish: Reply["finish"] }> {
    const { info } = this.setup.roles[role];
    const { protocol } = this.setup;
    const maxTokens = Math.min(protocol.maxOutputTokens, Math.floor(info.contextTokens / 2));
    const seed = samplingSeed(this.setup.samplingSeed, callId);
    const question: Question = { callId, phase, role, maxTokens, seed };
    const recorded = this.setup.sink.recordedCall(callId);
    await this.setup.counter.prepare?.(chatOf(this.messages));
    let budget = recorded?.event.budget ?? info.contextTokens - maxTokens;
    for (let attempt = 0; ; attempt++) {
      const fitted = fitPrompt(this.messages, budget, this.setup.counter, this.recorded === 0);
      try {
        const began = performance.now();
        const reply = await this.generate(question, fitted, recorded);
        const latencyMs = recorded === null ? Math.round((performance.now() - began) * 100) / 100 : null;
        this.recordCall(question, fitted, budget, reply, latencyMs);
        return { text: reply.text, finish: reply.finish };
      } catch (error) {
        if (!(error instanceof ModelError) || error.code !== "model.context_overflow") throw error;
        if (attempt === overflowRetries) {
          throw new ScaffoldError(
            "prompt_overflow",
            `call ${callId}: the server still calls the prompt too long at ${budget} tokens by our count`,
            { cause: error },
          );
        }
        budget = Math.floor(Math.min(budget, fitted.tokens) * overflowShrink);
      }
    }
  }

  private async generate(
    { callId, role, maxTokens, seed }: Question,
    fitted: FittedPrompt,
    recorded: RecordedCall | null,
  ): Promise<Reply> {
    if (recorded !== null) return replyOf(recorded);
    const { setup } = this;
    const request: ChatRequest = {
      callId,
      episodeId: setup.episodeId,
      messages: fitted.chat,
      sampling: { temperature: setup.protocol.temperature, maxTokens, seed },
    };
    setup.observer.asking?.(callId);
    try {
      const reply = await setup.roles[role].model.generate(request, setup.signal);
      return { ...reply, text: reply.text.toWellFormed() };
    } catch (error) {
      if (setup.signal.aborted) throw setup.signal.reason;
      throw attribute(error, "model");
    }
  }

  private recordCall(
    { callId, phase, role, maxTokens, seed }: Question,
    fitted: FittedPrompt,
    budget: number,
    reply: Reply,
    latencyMs: number | null,
  ): void {
    const { setup } = this;
    for (const index of fitted.changed) {
      const message = fitted.messages[index];
      if (index < this.recorded && message !== undefined) this.edit(index, message, "budget");
    }
    this.messages = [...fitted.messages];
    record(setup, {
      kind: "call",
      step: this.step,
      callId,
      conversation: this.id,
      phase,
      role,
      added: this.messages.slice(this.recorded).map((message) => this.reference(message)),
      seed,
      maxTokens,
      temperature: setup.protocol.temperature,
      budget,
      shortened: [...fitted.shortened],
      reply: setup.sink.blob(reply.text),
      finish: reply.finish,
      tokens: { ...reply.usage },
      servedModel: reply.servedModel,
      ...(latencyMs === null ? {} : { operational: operationalOf(reply, latencyMs) }),
    });
    this.recorded = this.messages.length;
    setup.sink.flush();
  }

  private edit(index: number, message: PromptMessage, reason: string): void {
    this.messages[index] = message;
    if (index < this.recorded || message.role === "assistant") {
      const blob = this.setup.sink.blob(messageText(message));
      record(this.setup, { kind: "conv.edit", step: this.step, conversation: this.id, message: index, blob, reason });
    }
  }

  private reference(message: PromptMessage): MessageRef {
    const { sink, counter } = this.setup;
    return {
      role: message.role,
      parts: message.parts.map(({ part, text }) => ({ part, blob: sink.blob(text), tokens: counter.count(text) })),
    };
  }
}

/** What another run would answer differently: how long it took, retries and their waits included, and which tries failed. */
function operationalOf({ failedAttempts }: Reply, latencyMs: number): JsonObject {
  return {
    latencyMs,
    ...(failedAttempts.length > 0 ? { failedAttempts: failedAttempts.map((one) => ({ ...one })) } : {}),
  };
}

function replyOf(recorded: RecordedCall): Reply {
  const { event, text } = recorded;
  return { text, finish: event.finish, usage: event.tokens, servedModel: event.servedModel, failedAttempts: [] };
}
