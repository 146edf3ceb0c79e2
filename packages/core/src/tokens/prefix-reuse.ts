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
 * What automatic prefix caching would reuse of these calls, sent one after the other to one server that forgets nothing. Only whole blocks
 * are kept, prompt and reply in one row; a block is found by its tokens and all tokens before it. The last token of a prompt is always
 * computed again, because what follows it is wanted; that of a reply never was.
 */
export function prefixReuse(calls: Iterable<CachedCall>, blockSize = defaultBlockSize): PrefixReuse {
  if (!Number.isInteger(blockSize) || blockSize < 1)
    throw new RangeError(`blockSize must be 1 or more, not ${blockSize}`);
  const cached = new Set<bigint>();
  const byPrompt: number[] = [];
  let tokens = 0;
  for (const { prompt, output } of calls) {
    const blocks = blockHashes(Uint32Array.from(prompt), blockSize);
    const missing = blocks.findIndex((block) => !cached.has(block));
    const known = missing < 0 ? blocks.length : missing;
    byPrompt.push(Math.min(known, Math.floor(Math.max(0, prompt.length - 1) / blockSize)) * blockSize);
    tokens += prompt.length;
    const row = output === undefined ? blocks : blockHashes(rowOf(prompt, output), blockSize);
    for (const block of row) cached.add(block);
  }
  const reused = byPrompt.reduce((sum, one) => sum + one, 0);
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

function rowOf(prompt: ArrayLike<number>, output: ArrayLike<number>): Uint32Array {
  return Uint32Array.from([...Array.from(prompt), ...Array.from(output).slice(0, -1)]);
}
