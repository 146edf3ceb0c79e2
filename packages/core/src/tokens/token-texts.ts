import { bytesOf } from "./byte-alphabet.ts";
import type { TokenizerFile } from "./tokenizer-file.ts";

/** What each token stands for, in bytes: a token may be a part of a character. */
export class TokenTexts {
  readonly #byId: (string | undefined)[] = [];
  readonly #added: ReadonlyMap<number, string>;

  constructor({ vocab, addedTokens }: Pick<TokenizerFile, "vocab" | "addedTokens">) {
    for (const token in vocab) this.#byId[vocab[token] ?? 0] = token;
    this.#added = new Map(addedTokens.map(({ id, content }) => [id, content]));
  }

  /** The bytes of one token; none for an id that is no token. */
  bytes(id: number): Uint8Array {
    const added = this.#added.get(id);
    if (added !== undefined) return new TextEncoder().encode(added);
    return bytesOf(this.#byId[id] ?? "") ?? new Uint8Array();
  }

  isAdded(id: number): boolean {
    return this.#added.has(id);
  }
}
