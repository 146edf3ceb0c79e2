import { MetamemError } from "@metamem/core";

/** Ctrl-C and its relatives. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * The first signal aborts, so that the trace is closed properly; the second ends the program at once, which a trace survives too.
 * Until disposed of it replaces the default handling.
 */
export function onInterrupt(): Interruption {
  const controller = new AbortController();
  const handle = (signal: NodeJS.Signals) => {
    // Exit handlers run, so a live view gives the cursor back.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(
      new MetamemError(
        "interrupt",
        "interrupt.signal",
        `interrupted by ${signal} before play began; nothing was written`,
      ),
    );
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, handle);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, handle);
    },
  };
}
