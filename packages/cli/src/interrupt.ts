import { MetamemError } from "@metamem/core";

/** Ctrl-C and its relatives. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}

/** What decides, given for tests. */
interface Surroundings {
  /** Milliseconds, from anywhere. */
  readonly now: () => number;
  readonly exit: (code: number) => void;
}

/**
 * One key press can arrive twice: the terminal signals all its programs, and `bun run` passes on to ours what it gets. Nobody presses again
 * within this time and means it.
 */
const onePressMs = 500;

const exitNow: Surroundings = { now: () => performance.now(), exit: (code) => process.exit(code) };

/**
 * The first signal aborts, so that the trace is closed properly; the second ends the program at once, which a trace survives too.
 * Until disposed of it replaces the default handling.
 */
export function onInterrupt({ now, exit }: Surroundings = exitNow): Interruption {
  const controller = new AbortController();
  let first: number | null = null;
  const handle = (signal: NodeJS.Signals) => {
    if (first !== null) {
      // Exit handlers run, so a live view gives the cursor back.
      if (now() - first >= onePressMs) exit(130);
      return;
    }
    first = now();
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
