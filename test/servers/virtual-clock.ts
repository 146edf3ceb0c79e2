import type { Clock } from "@metamem/core";

/** A clock whose waits take no time but are written down. */
export interface VirtualClock extends Clock {
  readonly waits: readonly number[];
}

export function virtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
  };
}
