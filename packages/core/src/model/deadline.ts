/** Thrown by `withDeadline` when the time ran out. */
export class DeadlineExceeded extends Error {
  override readonly name = "DeadlineExceeded";
  constructor(readonly ms: number) {
    super(`no answer within ${ms} ms`);
  }
}

/** A timer set for longer fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Runs `work` with a signal that fires when `outer` does or after `ms`. Rejects with `outer`'s reason, with `DeadlineExceeded`, or with
 * what `work` threw. Leaves no timer and no listener behind, as one signal serves a whole episode.
 */
export async function withDeadline<T>(
  outer: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const inner = new AbortController();
  const timer = setTimeout(() => inner.abort(new DeadlineExceeded(ms)), Math.min(ms, longestTimerMs));
  const onAbort = (): void => inner.abort(outer.reason);
  outer.addEventListener("abort", onAbort, { once: true });
  try {
    return await work(inner.signal);
  } catch (error) {
    if (inner.signal.aborted) throw inner.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener("abort", onAbort);
  }
}
