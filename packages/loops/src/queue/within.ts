import { systemClock } from "@metamem/core";

/**
 * Resolves when `work` is done, and after `ms` milliseconds at the latest. `work` is told when nobody waits for it any more, and no timer is left
 * that would keep the process alive.
 */
export async function within(ms: number, work: (over: AbortSignal) => Promise<unknown>): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([work(over.signal), systemClock.sleep(ms, over.signal)]);
  } finally {
    over.abort();
  }
}
