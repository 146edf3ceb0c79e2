/**
 * The one random generator of our TypeScript code: xoshiro128** with its state filled by SplitMix64 (Blackman and Vigna). Every
 * use names its seed, so that nothing in an episode depends on the clock or on the order in which things ran.
 */
export interface Rng {
  /** Uniform in 0…2^32-1. */
  uint32(): number;
  /** Uniform in [0, 1), a multiple of 2^-32. */
  next(): number;
  /** Uniform in 0…n-1 without bias, 1 ≤ n ≤ 2^32. */
  int(n: number): number;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
}

export type RngState = readonly [number, number, number, number];

/** @param seed any safe integer; equal seeds give equal streams. */
export function createRng(seed: number): Rng {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a safe integer, not ${seed}`);
  const words = splitMix64(BigInt(seed), 2).flatMap((word) => [Number(word & 0xffff_ffffn), Number(word >> 32n)]);
  return rngFromState(words as [number, number, number, number]);
}

/** The generator at a given state (four 32-bit words, not all zero). */
export function rngFromState(state: RngState): Rng {
  let [a, b, c, d] = state;

  function uint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  }

  function int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`int(n) needs 1 ≤ n ≤ 2^32, not ${n}`);
    // Values past the last whole multiple of n would favour the small results, so they are drawn again.
    const limit = 2 ** 32 - (2 ** 32 % n);
    let value = uint32();
    while (value >= limit) value = uint32();
    return value % n;
  }

  function pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("pick needs at least one item");
    return items[int(items.length)] as T;
  }

  return { uint32, next: () => uint32() / 2 ** 32, int, pick };
}

/** The first `count` outputs of SplitMix64, each 64 bits. */
export function splitMix64(seed: bigint, count: number): bigint[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = BigInt.asUintN(64, state + 0x9e37_79b9_7f4a_7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn);
    return z ^ (z >> 31n);
  });
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
