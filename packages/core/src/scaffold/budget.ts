import { ScaffoldError } from "../errors.ts";
import type { ChatMessage } from "../model/chat-model.ts";
import { countPrompt, type TokenCounter } from "../model/token-estimate.ts";
import { chatOf, type PromptMessage, type PromptPart } from "./parts.ts";

/** Parts are never cut below this many characters: less says nothing. */
const smallestRest = 200;

export interface Shortened {
  readonly part: string;
  readonly removedTokens: number;
}

export interface FittedPrompt {
  readonly messages: readonly PromptMessage[];
  /** The same as a model is sent it. */
  readonly chat: readonly ChatMessage[];
  readonly shortened: readonly Shortened[];
  /** Indexes of messages whose text changed. */
  readonly changed: readonly number[];
  readonly tokens: number;
}

export function promptTokens(messages: readonly PromptMessage[], counter: TokenCounter): number {
  return countPrompt(counter, chatOf(messages));
}

/**
 * Cuts declared parts, lowest rank and oldest message first, until the prompt fits `budget` tokens. Cuts are whole lines with a visible mark. An overflow
 * that remains is the scaffold's fault. In a conversation that no call has listed yet (`fresh`), whole earlier steps go before any cut.
 */
export function fitPrompt(
  messages: readonly PromptMessage[],
  budget: number,
  counter: TokenCounter,
  fresh = true,
): FittedPrompt {
  const shortened: Shortened[] = [];
  const kept = fresh ? dropHistory(messages, budget, counter, shortened) : messages;
  const current = [...kept];
  const changed = new Set<number>();
  let chat = chatOf(current);
  let tokens = countPrompt(counter, chat);
  for (const [index, position] of cutOrder(current)) {
    if (tokens <= budget) break;
    const message = current[index];
    const part = message?.parts[position];
    if (message === undefined || part === undefined) continue;
    const cut = cutPart(part, tokens - budget, counter);
    if (cut === null) continue;
    current[index] = { ...message, parts: message.parts.with(position, cut) };
    changed.add(index);
    chat = chatOf(current);
    const after = countPrompt(counter, chat);
    shortened.push({ part: part.part, removedTokens: tokens - after });
    tokens = after;
  }
  if (tokens > budget) {
    throw new ScaffoldError(
      "prompt_overflow",
      `the prompt needs ${tokens} tokens, the model's context leaves ${budget}: declare more parts as shortenable, or use a longer context`,
      { data: { tokens, budget } },
    );
  }
  return { messages: current, chat, shortened, changed: [...changed], tokens };
}

/** Without as many of the oldest earlier steps as must go, and with a message that says so. */
function dropHistory(
  messages: readonly PromptMessage[],
  budget: number,
  counter: TokenCounter,
  shortened: Shortened[],
): readonly PromptMessage[] {
  const first = messages.findIndex((message) => message.history === true);
  if (first < 0) return messages;
  const steps = messages.filter((message) => message.history === true && message.role === "assistant").length;
  const whole = promptTokens(messages, counter);
  if (whole <= budget) return messages;
  for (let gone = 1; gone <= steps; gone++) {
    const note = `[${gone} earlier ${gone === 1 ? "step" : "steps"} left out here to fit the context]`;
    const rest = [...messages.slice(0, first), historyNote(note), ...messages.slice(first + 2 * gone)];
    const tokens = promptTokens(rest, counter);
    if (tokens > budget && gone < steps) continue;
    shortened.push({ part: "history", removedTokens: Math.max(0, whole - tokens) });
    return rest;
  }
  return messages;
}

function historyNote(text: string): PromptMessage {
  return { role: "user", parts: [{ part: "history.cut", text }], history: true };
}

/** [message, part] of every shortenable part: by rank, then oldest first. */
function cutOrder(messages: readonly PromptMessage[]): [number, number][] {
  return messages
    .flatMap((message, index) =>
      message.parts.flatMap((part, position) =>
        part.shorten === undefined ? [] : [{ at: [index, position] as [number, number], rank: part.shorten.rank }],
      ),
    )
    .sort((a, b) => a.rank - b.rank || a.at[0] - b.at[0] || a.at[1] - b.at[1])
    .map((entry) => entry.at);
}

/** The part without at least `excess` tokens of its lines, if it has that many to give; null when nothing worth cutting is left. */
function cutPart(part: PromptPart, excess: number, counter: TokenCounter): PromptPart | null {
  if (part.text.length <= smallestRest) return null;
  const target = counter.count(part.text) - excess;
  // The longest rest that fits, by bisection: token counts grow with the text.
  let [low, high] = [smallestRest, part.text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (counter.count(marked(part, middle)) <= target) low = middle;
    else high = middle - 1;
  }
  const text = marked(part, low);
  return text.length < part.text.length ? { ...part, text } : null;
}

function marked(part: PromptPart, rest: number): string {
  const keepEnd = part.shorten?.keep === "end";
  const kept = keepEnd ? lastLines(part.text, rest) : firstLines(part.text, rest);
  const mark = `[... ${part.text.length - kept.length} characters cut here to fit the context ...]`;
  return keepEnd ? `${mark}\n${kept}` : `${kept}\n${mark}`;
}

function lastLines(text: string, length: number): string {
  const tail = text.slice(text.length - length).toWellFormed();
  const line = tail.indexOf("\n");
  return line >= 0 && line < tail.length - 1 ? tail.slice(line + 1) : tail;
}

function firstLines(text: string, length: number): string {
  const head = text.slice(0, length).toWellFormed();
  const line = head.lastIndexOf("\n");
  return line > 0 ? head.slice(0, line) : head;
}
