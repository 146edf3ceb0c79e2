import type { Rate } from "./definitions.ts";

/** Null as rate when it is of nothing. */
export function rate(count: number, of: number): Rate {
  return { count, of, rate: of === 0 ? null : count / of };
}
