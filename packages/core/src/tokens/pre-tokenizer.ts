import { gpt2Pattern, splitPattern, splitsByLine } from "./split-pattern.ts";
import type { SplitStep, TokenizerFile } from "./tokenizer-file.ts";
import { asPatternsSeeIt, normalizeAsReference } from "./unicode-age.ts";

type Step = (pieces: readonly string[]) => string[];

/** Normalises text and cuts it into the pieces that are merged each by itself. */
export class PreTokenizer {
  readonly #normalizers: TokenizerFile["normalizers"];
  readonly #steps: readonly Step[];

  constructor({ normalizers, steps }: TokenizerFile, where: string) {
    this.#normalizers = normalizers;
    this.#steps = steps.flatMap((step) => stepsOf(step, where));
  }

  normalize(text: string): string {
    return this.#normalizers.reduce((sofar, form) => normalizeAsReference(sofar, form), text);
  }

  /** The pieces of a normalised text without added tokens. */
  pieces(text: string): readonly string[] {
    return this.#steps.reduce<readonly string[]>((pieces, step) => step(pieces), text === "" ? [] : [text]);
  }
}

/** Whether the lines of a text can be counted one by one: see `splitsByLine`; and no added token may reach over a line's end. */
export function countsByLine({ steps, addedTokens }: TokenizerFile): boolean {
  const [split, byteLevel, ...others] = steps;
  return (
    split?.type === "Split" &&
    "Regex" in split.pattern &&
    split.behavior === "Isolated" &&
    splitsByLine(split.pattern.Regex) &&
    byteLevel?.type === "ByteLevel" &&
    !byteLevel.add_prefix_space &&
    !byteLevel.use_regex &&
    others.length === 0 &&
    addedTokens.every((token) => !token.lstrip && !token.rstrip && !token.content.includes("\n"))
  );
}

function stepsOf(step: SplitStep, where: string): Step[] {
  switch (step.type) {
    case "Split": {
      const source = "Regex" in step.pattern ? step.pattern.Regex : RegExp.escape(step.pattern.String);
      const pattern = "Regex" in step.pattern ? splitPattern(source, where) : new RegExp(source, "gu");
      return [splitting(pattern, step.behavior === "Isolated")];
    }
    case "Digits":
      return [splitting(step.individual_digits ? /\p{N}/gu : /\p{N}+/gu, true)];
    case "ByteLevel": {
      const prefixed: Step = (pieces) => pieces.map((piece) => (piece.startsWith(" ") ? piece : ` ${piece}`));
      return [
        ...(step.add_prefix_space ? [prefixed] : []),
        ...(step.use_regex ? [splitting(splitPattern(gpt2Pattern, where), true)] : []),
      ];
    }
  }
}

/** Cuts at every match; what matches is a piece too when it is kept, and what lies between matches always is. */
function splitting(pattern: RegExp, keepMatches: boolean): Step {
  return (pieces) => {
    const cut: string[] = [];
    for (const piece of pieces) {
      let end = 0;
      for (const match of asPatternsSeeIt(piece).matchAll(pattern)) {
        const after = match.index + match[0].length;
        if (match.index > end) cut.push(piece.slice(end, match.index));
        if (keepMatches && after > match.index) cut.push(piece.slice(match.index, after));
        end = after;
      }
      if (end < piece.length) cut.push(piece.slice(end));
    }
    return cut;
  };
}
