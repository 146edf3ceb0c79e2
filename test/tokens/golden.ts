import { createHash } from "node:crypto";

/**
 * Token ids as recorded goldens keep them: for each block of texts the number of tokens and the first 16 hex digits of the SHA-256 of
 * the ids, written as JSON without spaces. `record-golden.py` writes the same with Hugging Face's own library.
 */
export interface Golden {
  /** The reference: library and version. */
  readonly reference: string;
  /** Of all texts together, so that changed texts are not taken for a changed tokenizer. */
  readonly texts: string;
  /** Texts in each block. */
  readonly size: number;
  readonly blocks: readonly (readonly [tokens: number, hash: string])[];
}

const blockSize = 100;

export function blocksOf(texts: readonly string[], ids: (text: string) => Uint32Array): Golden["blocks"] {
  return Array.from({ length: Math.ceil(texts.length / blockSize) }, (_, block) => {
    const of = texts.slice(block * blockSize, (block + 1) * blockSize).map((text) => [...ids(text)]);
    return [of.reduce((sum, one) => sum + one.length, 0), shortHash(JSON.stringify(of))] as const;
  });
}

export function hashOfTexts(texts: readonly string[]): string {
  return shortHash(texts.join("\0"));
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
