/**
 * Does something every `ms` milliseconds, never twice at once: while Redis is away, one call waits for it and no more gather. A failure is left
 * to the next time.
 */
export function repeat(ms: number, work: () => Promise<void>): Disposable {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void work()
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  }, ms);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
