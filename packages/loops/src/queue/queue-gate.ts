import type { FailureKind, MetamemError } from "@metamem/core";
import { Budget, type CallUse } from "../rollout/budget.ts";
import type { CallGate, Permit, RunGate } from "../rollout/call-gate.ts";
import { errorOf } from "../rollout/remote-gate.ts";
import type { RunState } from "./run-state.ts";

/**
 * A run's gate as a worker sees it. The worker's own gate says how many calls may be under way here; stops and budgets are looked up in Redis
 * before each call and calls are counted there after it, so that a bound is passed only by calls under way, on however many machines. A Redis that
 * is away holds calls back.
 */
export class QueueGate implements CallGate {
  private readonly state: RunState;
  private readonly calls: RunGate;
  private readonly telling: boolean;

  /** @param calls the worker's. @param telling whether replies tell how much a server is worth: a rule-based player's do not. */
  constructor(state: RunState, calls: RunGate, telling: boolean) {
    this.state = state;
    this.calls = calls;
    this.telling = telling;
  }

  async acquire(signal: AbortSignal): Promise<Permit> {
    const permit = await this.calls.acquire(signal);
    try {
      const reason = await orAborted(this.reasonToStop(), signal);
      if (reason !== null) throw reason;
    } catch (error) {
      permit.release(null);
      throw error;
    }
    let held = true;
    return {
      release: (use: CallUse | null) => {
        if (held && use !== null) void this.state.addCall(use).catch(ignore);
        held = false;
        permit.release(this.telling ? use : null);
      },
    };
  }

  failed(kind: FailureKind): void {
    this.calls.failed(kind);
    void this.state.addFailure(kind).catch(ignore);
  }

  private async reasonToStop(): Promise<MetamemError | null> {
    const { order, stop, use } = await this.state.orders();
    // The worker may have begun to leave meanwhile.
    if (this.calls.stopped !== null) return this.calls.stopped;
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
