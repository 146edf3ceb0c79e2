/** How much of a sequence of prompts a server's prefix cache holds already when each arrives. */
export interface PrefixReuse {
  readonly prompts: number;
  readonly tokens: number;
  /** Tokens in blocks that an earlier prompt left behind. */
  readonly reused: number;
  /** reused / tokens; 0 without tokens. */
  readonly share: number;
  /** Reused tokens of each prompt, in order. */
  readonly byPrompt: readonly number[];
}

/** vLLM's default (spec serving §1.8). */
export const defaultBlockSize = 16;

/** One call: the token ids of its prompt (`ExactCounter.promptIds`) and, where they count, of its reply. */
export interface CachedCall {
  readonly prompt: ArrayLike<number>;
  readonly output?: ArrayLike<number>;
}

/**
 * A server's prefix cache that forgets nothing. Only whole blocks are kept, prompt and reply in one row; a block is found by its tokens and
 * all tokens before it. The last token of a prompt is always computed again, because what follows it is wanted; that of a reply never was.
 */
export class PrefixCache {
  readonly #blockSize: number;
  readonly #cached = new Set<bigint>();

  constructor(blockSize = defaultBlockSize) {
    if (!Number.isInteger(blockSize) || blockSize < 1)
      throw new RangeError(`blockSize must be 1 or more, not ${blockSize}`);
    this.#blockSize = blockSize;
  }

  /** Keeps the call's blocks, and returns how many of its prompt's tokens were there already. */
  add({ prompt, output = [] }: CachedCall): number {
    const size = this.#blockSize;
    const row = new Uint32Array(prompt.length + output.length);
    row.set(prompt);
    row.set(output, prompt.length);
    const blocks = blockHashes(output.length === 0 ? row : row.subarray(0, -1), size);
    const wanted = Math.floor(Math.max(0, prompt.length - 1) / size);
    let known = 0;
    while (known < wanted && this.#cached.has(blocks[known] as bigint)) known++;
    for (const block of blocks) this.#cached.add(block);
    return known * size;
  }
}

/** What one server would reuse of these calls, sent one after the other. */
export function prefixReuse(calls: Iterable<CachedCall>, blockSize = defaultBlockSize): PrefixReuse {
  const cache = new PrefixCache(blockSize);
  const byPrompt: number[] = [];
  let tokens = 0;
  let reused = 0;
  for (const call of calls) {
    const known = cache.add(call);
    byPrompt.push(known);
    tokens += call.prompt.length;
    reused += known;
  }
  return { prompts: byPrompt.length, tokens, reused, share: tokens === 0 ? 0 : reused / tokens, byPrompt };
}

/** Each whole block as a 64-bit hash of its tokens and of the block before it; servers know blocks by hashes too. */
function blockHashes(row: Uint32Array, blockSize: number): bigint[] {
  const hashes: bigint[] = [];
  let parent = 0n;
  for (let end = blockSize; end <= row.length; end += blockSize) {
    parent = BigInt(Bun.hash(row.subarray(end - blockSize, end), parent));
    hashes.push(parent);
  }
  return hashes;
}
