import type { AddedToken } from "./tokenizer-file.ts";

/** A stretch of text, or the id of an added token found in it. */
export type Stretch = string | number;

/**
 * Finds a tokenizer's added tokens (`<|im_start|>` and its like) in a text: leftmost first, the longest where several begin. Nothing
 * else ever makes one of them, and they are never cut.
 */
export class AddedTokens {
  readonly #byContent: ReadonlyMap<string, AddedToken>;
  readonly #any: RegExp | null;

  constructor(tokens: readonly AddedToken[]) {
    this.#byContent = new Map(tokens.map((token) => [token.content, token]));
    const longestFirst = [...this.#byContent.keys()].sort((a, b) => b.length - a.length);
    this.#any = longestFirst.length === 0 ? null : new RegExp(longestFirst.map(RegExp.escape).join("|"), "gu");
  }

  /** The text cut at its added tokens, in order; no empty stretches. */
  split(text: string): readonly Stretch[] {
    if (this.#any === null) return text === "" ? [] : [text];
    const stretches: Stretch[] = [];
    let end = 0;
    for (const { 0: content, index } of text.matchAll(this.#any)) {
      const token = this.#byContent.get(content);
      if (token === undefined) continue;
      let [from, to] = [index, index + content.length];
      if (token.single_word && (endsInWord.test(text.slice(0, from)) || beginsWithWord.test(text.slice(to)))) continue;
      if (token.lstrip) from = Math.max(end, text.slice(0, from).search(trailingSpace));
      if (token.rstrip) to += leadingSpace.exec(text.slice(to))?.[0].length ?? 0;
      if (from > end) stretches.push(text.slice(end, from));
      stretches.push(token.id);
      end = to;
    }
    if (end < text.length) stretches.push(text.slice(end));
    return stretches;
  }
}

const word = String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]`;
const endsInWord = new RegExp(`${word}$`, "u");
const beginsWithWord = new RegExp(`^${word}`, "u");
const trailingSpace = /\p{White_Space}*$/u;
const leadingSpace = /^\p{White_Space}*/u;
