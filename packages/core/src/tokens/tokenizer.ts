import { AddedTokens, type Stretch } from "./added-tokens.ts";
import { type MergeWork, PieceMerger } from "./piece-merger.ts";
import { countsByLine, PreTokenizer } from "./pre-tokenizer.ts";
import { RecentMap } from "./recent-map.ts";
import { TokenTexts } from "./token-texts.ts";
import { readTokenizerFile, type TokenizerFile } from "./tokenizer-file.ts";

/** Characters of lines that each generation of the cache holds: a few tens of MB at most. */
const cachedCharacters = 2_000_000;

/** Longer ones are no lines of prompts, and are counted by their pieces alone. */
const longestLine = 5000;

/**
 * A byte-level BPE tokenizer from a Hugging Face `tokenizer.json`, equal to that library's on every text (test/tokens; spec serving §5).
 * Added tokens are cut out, the rest is normalised and split into pieces, each piece is merged. Every line and every piece is done once,
 * so that of a long prompt only the new lines cost anything.
 */
export class Tokenizer {
  readonly #vocabulary: Pick<TokenizerFile, "vocab" | "addedTokens">;
  readonly #merger: PieceMerger;
  readonly #preTokenizer: PreTokenizer;
  readonly #added: AddedTokens;
  readonly #addedNormalized: AddedTokens;
  readonly #byLine: boolean;
  readonly #lines = new RecentMap<Uint32Array>(cachedCharacters);
  #texts: TokenTexts | null = null;

  /**
   * @param json the parsed `tokenizer.json`; `where` names it in errors.
   * @throws SetupError when it is no byte-level BPE tokenizer that is understood.
   */
  constructor(json: unknown, where: string) {
    const file = readTokenizerFile(json, where);
    this.#vocabulary = { vocab: file.vocab, addedTokens: file.addedTokens };
    this.#merger = new PieceMerger(file, where);
    this.#preTokenizer = new PreTokenizer(file, where);
    this.#added = new AddedTokens(file.addedTokens.filter((token) => !token.normalized));
    this.#addedNormalized = new AddedTokens(
      file.addedTokens
        .filter((token) => token.normalized)
        .map((token) => ({ ...token, content: this.#preTokenizer.normalize(token.content) })),
    );
    this.#byLine = countsByLine(file);
  }

  /** Which road the pieces took so far. */
  get work(): Readonly<MergeWork> {
    return this.#merger.work;
  }

  /** What tokens stand for. */
  get texts(): TokenTexts {
    this.#texts ??= new TokenTexts(this.#vocabulary);
    return this.#texts;
  }

  /** Tokens of a text. Unpaired surrogates count as the replacement character they are sent as. */
  count(text: string): number {
    let count = 0;
    for (const line of this.#linesOf(text)) count += this.#tokensOfLine(line).length;
    return count;
  }

  /** The token ids of a text, in order, without any that a post-processor would add around it. */
  ids(text: string): Uint32Array {
    return joined([...this.#linesOf(text)].map((line) => this.#tokensOfLine(line)));
  }

  /** Merges what is new in these texts with onnxruntime, in a few calls, so that `count` and `ids` find it. */
  async prepare(texts: readonly string[]): Promise<void> {
    const pieces = new Set<string>();
    for (const text of texts) {
      for (const line of this.#linesOf(text)) {
        if (this.#lines.get(line) !== undefined) continue;
        for (const stretch of this.#stretches(line)) {
          if (typeof stretch !== "number") for (const piece of this.#preTokenizer.pieces(stretch)) pieces.add(piece);
        }
      }
    }
    if (pieces.size > 0) await this.#merger.learn(pieces);
  }

  #tokensOfLine(line: string): Uint32Array {
    const known = this.#lines.get(line);
    if (known !== undefined) return known;
    const tokens = joined(
      this.#stretches(line).flatMap((stretch) =>
        typeof stretch === "number"
          ? [Uint32Array.of(stretch)]
          : this.#preTokenizer.pieces(stretch).map((piece) => this.#merger.tokens(piece)),
      ),
    );
    if (line.length <= longestLine) this.#lines.set(line, tokens);
    return tokens;
  }

  /** Normalised stretches of text, and the added tokens between them. */
  #stretches(line: string): Stretch[] {
    return this.#added
      .split(line)
      .flatMap((stretch) =>
        typeof stretch === "number" ? [stretch] : this.#addedNormalized.split(this.#preTokenizer.normalize(stretch)),
      );
  }

  /** The lines that can be counted by themselves; the whole text where this tokenizer's cannot. */
  *#linesOf(text: string): Iterable<string> {
    const whole = text.toWellFormed();
    let start = 0;
    for (let end = this.#byLine ? whole.indexOf("\n") : -1; end >= 0; end = whole.indexOf("\n", end + 1)) {
      const next = whole.charCodeAt(end + 1);
      if (!(next > 0x20 && next < 0x7f)) continue;
      yield whole.slice(start, end + 1);
      start = end + 1;
    }
    if (start < whole.length) yield whole.slice(start);
  }
}

/** A new array: the parts belong to the caches. */
function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
