/**
 * Python's `random.seed(integer)` followed by `random.choice(range(n))`: Mersenne Twister 19937 with its seeding by an array of words
 * (Matsumoto and Nishimura 1998). The reference chooses its level this way (spec minihack §4.1); our own random numbers come from
 * `createRng` of core.
 */
const words = 624;
const shift = 397;

/** The generator after `random.seed(seed)`; Python takes the absolute value of the seed. */
export class PythonRandom {
  private readonly state = new Uint32Array(words);
  private next = words;

  /** @param seed any safe integer */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a safe integer, not ${seed}`);
    this.seedByArray(wordsOf(Math.abs(seed)));
  }

  /** `random.choice(range(n))`: uniform in 0…n-1, for 1 ≤ n < 2^32. */
  choice(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n >= 2 ** 32) throw new RangeError(`choice(n) needs 1 ≤ n < 2^32, not ${n}`);
    // The bit length of n, not of n-1: for powers of two Python throws half of its draws away.
    const unused = Math.clz32(n);
    let value = this.uint32() >>> unused;
    while (value >= n) value = this.uint32() >>> unused;
    return value;
  }

  private uint32(): number {
    if (this.next === words) this.refill();
    let y = this.state[this.next++] as number;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c_5680;
    y ^= (y << 15) & 0xefc6_0000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  private refill(): void {
    const { state } = this;
    for (let i = 0; i < words; i++) {
      const following = state[(i + 1) % words] as number;
      const mixed = ((state[i] as number) & 0x8000_0000) | (following & 0x7fff_ffff);
      state[i] = (state[(i + shift) % words] as number) ^ (mixed >>> 1) ^ (following & 1 ? 0x9908_b0df : 0);
    }
    this.next = 0;
  }

  private seedByArray(key: readonly number[]): void {
    const { state } = this;
    state[0] = 19_650_218;
    for (let i = 1; i < words; i++) state[i] = Math.imul(1_812_433_253, this.folded(i - 1)) + i;
    let i = 1;
    for (let k = 0; k < words; k++) {
      const j = k % key.length;
      state[i] = ((state[i] as number) ^ Math.imul(this.folded(i - 1), 1_664_525)) + (key[j] as number) + j;
      i = this.following(i);
    }
    for (let k = 1; k < words; k++) {
      state[i] = ((state[i] as number) ^ Math.imul(this.folded(i - 1), 1_566_083_941)) - i;
      i = this.following(i);
    }
    state[0] = 0x8000_0000;
  }

  private folded(index: number): number {
    const value = this.state[index] as number;
    return value ^ (value >>> 30);
  }

  /** The place after `index`; from the last one back to 1, its value carried to 0. */
  private following(index: number): number {
    if (index + 1 < words) return index + 1;
    this.state[0] = this.state[words - 1] as number;
    return 1;
  }
}

/** 32-bit words, the lowest first; zero is one word. */
function wordsOf(value: number): number[] {
  const high = Math.floor(value / 2 ** 32);
  return high === 0 ? [value] : [value >>> 0, high];
}
