import type { ChatModel, ChatRequest, MetamemError, ModelInfo, ModelRole, Reply } from "@metamem/core";
import type { CallGate, Permit } from "./call-gate.ts";

/**
 * A shared model as one episode sees it: every call passes the run's gate. When the gate refuses, `stop` is told first, so that the episode
 * ends as interrupted and not as a failed call.
 */
export class GatedModel implements ChatModel {
  private readonly inner: ChatModel;
  private readonly info: ModelInfo;
  private readonly gate: CallGate;
  private readonly stop: (reason: MetamemError) => void;

  constructor(inner: ChatModel, info: ModelInfo, gate: CallGate, stop: (reason: MetamemError) => void) {
    this.inner = inner;
    this.info = info;
    this.gate = gate;
    this.stop = stop;
  }

  async open(): Promise<ModelInfo> {
    return this.info;
  }

  async generate(request: ChatRequest, signal: AbortSignal): Promise<Reply> {
    let permit: Permit;
    try {
      permit = await this.gate.acquire(signal);
    } catch (error) {
      this.stop(error as MetamemError);
      throw error;
    }
    try {
      const reply = await this.inner.generate(request, signal);
      const { prompt, cached, output } = reply.usage;
      permit.release({ role: roleOf(request.callId), prompt, cached, output });
      return reply;
    } finally {
      permit.release(null);
    }
  }

  /** The model belongs to the run. */
  close(): void {}
}

/** Call ids are `<step>.<phase>.<turn>`; the gameplay role commits, the memory role does the rest. */
function roleOf(callId: string): ModelRole {
  return callId.split(".")[1] === "commit" ? "gameplay" : "memory";
}
