/** Mean of fractions and its errors. All null without a value. */
export interface MeanAndError {
  readonly mean: number | null;
  /** The benchmark's: population deviation / sqrt(n), 0 for a single value. The published rows have this one. */
  readonly standardError: number | null;
  /** With the sample deviation (n - 1); null for fewer than two values. */
  readonly sampleError: number | null;
}

/** Summed in the order given, plainly, as the benchmark does it (spec automem §2.3, §7.3). */
export function meanAndError(values: readonly number[]): MeanAndError {
  const n = values.length;
  if (n === 0) return { mean: null, standardError: null, sampleError: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    standardError: n === 1 ? 0 : Math.sqrt(squares / n) / Math.sqrt(n),
    sampleError: n === 1 ? null : Math.sqrt(squares / (n - 1)) / Math.sqrt(n),
  };
}

/** The quantile of sorted values, linear between neighbours. There must be at least one value. */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const at = part * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (at - below);
}
