import { defaultMemoryLimits, type MemoryLimits } from "./store.ts";

/** Limits that differ from the default ones. */
export type LimitOptions = { readonly [K in keyof MemoryLimits]?: MemoryLimits[K] | undefined };

export function memoryLimits(options: LimitOptions = {}): MemoryLimits {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaultMemoryLimits, ...Object.fromEntries(given) };
}
