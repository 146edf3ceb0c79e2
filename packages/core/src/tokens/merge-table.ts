import { characterOfByte } from "./byte-alphabet.ts";
import { notByteLevel, type TokenizerFile } from "./tokenizer-file.ts";

/**
 * Which two neighbouring tokens merge, how early, and into what. A pair is the number `left · radix + right`, below 2^53 and a valid int64.
 */
export interface MergeTable {
  /** A power of two above every id. */
  readonly radix: number;
  /** Rank of each pair that merges; lower ranks merge first. */
  readonly rankOfPair: ReadonlyMap<number, number>;
  /** The token that the merge of a rank makes. */
  readonly idOfRank: Uint32Array;
  /** Id of each byte's token; -1 when the vocabulary lacks it, and then the byte is passed over. */
  readonly idOfByte: Int32Array;
}

/**
 * Builds the table from a tokenizer's vocabulary and list of merges.
 * @throws SetupError for a merge whose parts or result are no vocabulary entries.
 */
export function mergeTable({ vocab, merges }: TokenizerFile, where: string): MergeTable {
  const radix = 2 ** Math.ceil(Math.log2(largestId(vocab) + 1));
  const rankOfPair = new Map<number, number>();
  const idOfRank = new Uint32Array(merges.length);
  merges.forEach((merge, rank) => {
    const [left, right] = typeof merge === "string" ? merge.split(" ", 2) : merge;
    const leftId = vocab[left ?? ""];
    const rightId = vocab[right ?? ""];
    const made = vocab[`${left}${right}`];
    if (leftId === undefined || rightId === undefined || made === undefined) {
      throw notByteLevel(where, `model.merges.${rank}: a part or the result is not in the vocabulary`);
    }
    // A pair listed twice has its later rank, as in the reference.
    rankOfPair.set(leftId * radix + rightId, rank);
    idOfRank[rank] = made;
  });
  const idOfByte = Int32Array.from(characterOfByte, (character) => vocab[character] ?? -1);
  return { radix, rankOfPair, idOfRank, idOfByte };
}

function largestId(vocab: TokenizerFile["vocab"]): number {
  let largest = 1;
  for (const token in vocab) largest = Math.max(largest, vocab[token] ?? 0);
  return largest;
}
