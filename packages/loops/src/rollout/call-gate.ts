import type { FailureKind, MetamemError } from "@metamem/core";
import type { Budget, CallUse } from "./budget.ts";

/** A call's right to be sent; given back exactly once. */
export interface Permit {
  /** With what the call used, or null when it was not answered. */
  release(use: CallUse | null): void;
}

/** Decides when a model call may begin. Rejects when the run is to stop, with the reason. */
export interface CallGate {
  acquire(signal: AbortSignal): Promise<Permit>;
  /** A try failed, at once and before its retries: the sign that a server is too busy. */
  failed(kind: FailureKind): void;
}

/** How many calls may be under way. */
export interface Level {
  readonly level: number;
  onReply(now: number, wanted: number): void;
  onOverload(now: number): void;
}

/** A level set by the user. */
export function fixedLevel(level: number): Level {
  return { level, onReply() {}, onOverload() {} };
}

interface Waiting {
  go(): void;
  stop(reason: unknown): void;
}

const overloads: ReadonlySet<FailureKind> = new Set(["overloaded", "unreachable", "timeout", "stopped"]);

/**
 * The gate of a run: at most `level` calls at a time, first come first served. An episode has one call under way, so each waits for at
 * most one call of every other: long episodes advance as fast as short ones.
 */
export class RunGate implements CallGate {
  readonly budget: Budget;
  underWay = 0;
  peak = 0;
  failures = 0;
  /** Called when more or fewer calls may be under way than before. */
  onLevel: () => void = () => {};
  /** Called after each answered call. */
  onCall: (use: CallUse) => void = () => {};
  private readonly levelOf: Level;
  private readonly waiting: Waiting[] = [];
  private closedBy: MetamemError | null = null;

  constructor(budget: Budget, level: Level) {
    this.budget = budget;
    this.levelOf = level;
  }

  get level(): number {
    return this.levelOf.level;
  }

  /** Why no call may begin any more: closed, or the budget is used up. */
  get stopped(): MetamemError | null {
    return this.closedBy ?? this.budget.exhausted();
  }

  /** Lets no further call begin; those under way end as they will. */
  close(reason: MetamemError): void {
    this.closedBy ??= reason;
    this.pump();
  }

  acquire(signal: AbortSignal): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        const at = this.waiting.indexOf(entry);
        if (at >= 0) this.waiting.splice(at, 1);
        reject(signal.reason);
      };
      const entry: Waiting = {
        go: () => {
          signal.removeEventListener("abort", onAbort);
          resolve(this.permit());
        },
        stop: (reason) => {
          signal.removeEventListener("abort", onAbort);
          reject(reason);
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.waiting.push(entry);
      this.pump();
    });
  }

  failed(kind: FailureKind): void {
    this.failures += 1;
    if (!overloads.has(kind)) return;
    const before = this.level;
    this.levelOf.onOverload(performance.now());
    if (this.level !== before) this.onLevel();
  }

  /** A server's queue grows, before it refuses anything. */
  queueGrew(): void {
    const before = this.level;
    this.levelOf.onOverload(performance.now());
    if (this.level !== before) this.onLevel();
  }

  private permit(): Permit {
    this.underWay += 1;
    this.peak = Math.max(this.peak, this.underWay);
    let held = true;
    return {
      release: (use) => {
        if (!held) return;
        held = false;
        this.released(use);
      },
    };
  }

  private released(use: CallUse | null): void {
    const wanted = this.underWay + this.waiting.length;
    this.underWay -= 1;
    const before = this.level;
    if (use !== null) {
      this.budget.add(use);
      this.levelOf.onReply(performance.now(), wanted);
      this.onCall(use);
    }
    this.pump();
    if (this.level !== before) this.onLevel();
  }

  private pump(): void {
    const reason = this.stopped;
    if (reason !== null) {
      for (const entry of this.waiting.splice(0)) entry.stop(reason);
      return;
    }
    while (this.waiting.length > 0 && this.underWay < this.level) this.waiting.shift()?.go();
  }
}
