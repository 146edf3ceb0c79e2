import { sha256 } from "@metamem/core";

/** One value of a recording beside what this game says. */
export interface Comparison {
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
}

/** Numbers and lists compare by their JSON, which is exact for doubles. */
export function compare(field: string, expected: unknown, actual: unknown): Comparison {
  return { field, expected: JSON.stringify(expected), actual: JSON.stringify(actual) };
}

/** Texts compare whole, or by the first 16 digits of their SHA-256 where the recording holds only that. */
export function compareText(field: string, expected: string, actual: string, hashed: boolean): Comparison {
  return compare(field, expected, hashed ? sha256(actual).slice(0, 16) : actual);
}

export function differs({ expected, actual }: Comparison): boolean {
  return expected !== actual;
}

/** How many values a recording holds that nobody here can check, by kind. */
export class Unchecked {
  readonly #counts = new Map<string, number>();

  add(kind: string, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  toRecord(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
