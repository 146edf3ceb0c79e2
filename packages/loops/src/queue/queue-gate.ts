import type { FailureKind, MetamemError } from "@metamem/core";
import { Budget, type CallUse } from "../rollout/budget.ts";
import type { CallGate, Permit } from "../rollout/call-gate.ts";
import { errorOf } from "../rollout/remote-gate.ts";
import type { RunState } from "./run-state.ts";

/**
 * A run's gate as a worker sees it. Stops and budgets are looked up in Redis before each call and calls are counted there after it, so that a
 * bound is passed only by calls under way, on however many machines. A Redis that is away holds calls back.
 */
export class QueueGate implements CallGate {
  private readonly state: RunState;
  private closedBy: MetamemError | null = null;

  constructor(state: RunState) {
    this.state = state;
  }

  /** Lets no further call of this worker begin. */
  close(reason: MetamemError): void {
    this.closedBy ??= reason;
  }

  async acquire(signal: AbortSignal): Promise<Permit> {
    signal.throwIfAborted();
    if (this.closedBy !== null) throw this.closedBy;
    const reason = await orAborted(this.reasonToStop(), signal);
    if (reason !== null) throw reason;
    let held = true;
    return {
      release: (use: CallUse | null) => {
        if (held && use !== null) void this.state.addCall(use).catch(ignore);
        held = false;
      },
    };
  }

  failed(kind: FailureKind): void {
    void this.state.addFailure(kind).catch(ignore);
  }

  private async reasonToStop(): Promise<MetamemError | null> {
    const { order, stop, use } = await this.state.orders();
    if (this.closedBy !== null) return this.closedBy;
    if (stop !== null) return errorOf(stop);
    if (order === null) return null;
    const budget = new Budget(order);
    budget.addRole("memory", use.memory);
    budget.addRole("gameplay", use.gameplay);
    return budget.exhausted();
  }
}

/** Commands fail when the worker closes its connection and nobody counts any more; a connection lost amid the answer costs one count at most. */
function ignore(): void {}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
