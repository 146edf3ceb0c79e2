import { MetamemError } from "@metamem/core";
import type { RunGate } from "./call-gate.ts";
import { errorOf } from "./remote-gate.ts";
import type { PlayOutcome } from "./run-result.ts";

/** Seconds that calls under way have after a stop, so that what is paid for is recorded. */
const graceSeconds = 5;
/** Failures that every further episode would share. */
const hopeless: ReadonlySet<string> = new Set([
  "model.unauthorized",
  "model.quota",
  "model.not_found",
  "model.redirected",
  "setup.write_failed",
  "setup.unwritable",
]);
/** A timer set for longer fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Ends a session before all is played: when it is interrupted, late, or hopeless. */
export class SessionStop {
  /** Why it ended; the first reason stays. */
  reason: MetamemError | null = null;
  private readonly gate: RunGate;

  constructor(gate: RunGate) {
    this.gate = gate;
  }

  /**
   * Stops gently when `signal` fires or the minutes are over, until disposed of: no call begins any more, those under way get a moment before
   * `abort` is called.
   */
  watch(signal: AbortSignal, minutes: number | null, abort: (reason: MetamemError) => void): Disposable {
    const clocks = new DisposableStack();
    const stop = (reason: MetamemError): void => {
      this.close(reason);
      clocks.adopt(
        setTimeout(() => abort(reason), 1000 * graceSeconds),
        clearTimeout,
      );
    };
    const onAbort = (): void => stop(interrupted());
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    clocks.defer(() => signal.removeEventListener("abort", onAbort));
    if (minutes !== null) {
      const ms = Math.min(60_000 * minutes, longestTimerMs);
      clocks.adopt(
        setTimeout(() => stop(timeOver(minutes)), ms),
        clearTimeout,
      );
    }
    return clocks;
  }

  /** Ends the session when an episode met what all others would meet. */
  judge({ reason }: Extract<PlayOutcome, { kind: "open" }>): void {
    if (hopeless.has(reason.code)) this.close(errorOf(reason));
  }

  private close(reason: MetamemError): void {
    this.reason ??= reason;
    this.gate.close(reason);
  }
}

function interrupted(): MetamemError {
  return new MetamemError("interrupt", "interrupt.signal", "interrupted; continue with --resume");
}

function timeOver(minutes: number): MetamemError {
  return new MetamemError(
    "interrupt",
    "interrupt.budget_minutes",
    `the ${minutes} min of this session are over; continue with --resume`,
  );
}
