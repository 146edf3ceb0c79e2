/** What every benchmark takes and gives. */

/** One measured number. `reference` and `ratio` are null where there is no reference to measure beside it. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number | null;
  readonly ratio: number | null;
}

export interface BenchOptions {
  /** Name of a registered environment. */
  readonly env: string;
  /** For people; goes to stderr. */
  note(text: string): void;
}

export type Bench = (options: BenchOptions) => Promise<readonly BenchResult[]>;
