import { type Boundary, type FailureKind, MetamemError } from "@metamem/core";
import type { CallGate, Permit } from "./call-gate.ts";
import type { OpenReason } from "./run-result.ts";
import type { FromShard, ToShard } from "./shard-messages.ts";

interface Asked {
  granted(): void;
  refused(reason: unknown): void;
}

/** The run's gate as a child process sees it: the parent decides, so that level and budget are counted in one place. */
export class RemoteGate implements CallGate {
  private readonly send: (message: FromShard) => void;
  private readonly asked = new Map<number, Asked>();
  private next = 0;

  constructor(send: (message: FromShard) => void) {
    this.send = send;
  }

  acquire(signal: AbortSignal): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const call = this.next++;
      const settle = (): void => {
        this.asked.delete(call);
        signal.removeEventListener("abort", onAbort);
      };
      const onAbort = (): void => {
        settle();
        this.send({ kind: "release", call, use: null });
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.asked.set(call, {
        granted: () => {
          settle();
          resolve(this.permit(call));
        },
        refused: (reason) => {
          settle();
          reject(reason);
        },
      });
      this.send({ kind: "acquire", call });
    });
  }

  failed(failure: FailureKind): void {
    this.send({ kind: "failed", failure });
  }

  /** The parent's answer. */
  answer(message: Extract<ToShard, { kind: "granted" | "refused" }>): void {
    const asked = this.asked.get(message.call);
    if (message.kind === "granted") asked?.granted();
    else asked?.refused(errorOf(message.reason));
  }

  private permit(call: number): Permit {
    let held = true;
    return {
      release: (use) => {
        if (!held) return;
        held = false;
        this.send({ kind: "release", call, use });
      },
    };
  }
}

/** An error that crossed the border between two processes. */
export function errorOf({ boundary, code, message }: OpenReason): MetamemError {
  return new MetamemError(boundary as Boundary, code, message);
}

/** What of an error crosses it. */
export function reasonOf({ boundary, code, message }: MetamemError): OpenReason {
  return { boundary, code, message };
}
