import { TraceError } from "../errors.ts";
import type { NewEvent } from "./events.ts";

export const stepIndexFile = "steps.idx";
/** Bytes of one entry of steps.idx (docs/trace-format.md). */
export const stepEntryBytes = 24;
const none = 0xffffffff;

/** Where a step begins, and where to look for what it builds on. Steps are -1 where there is none. */
export interface StepEntry {
  /** Byte offset of the step's first event. */
  readonly offset: number;
  /** `seq` of that event. */
  readonly seq: number;
  /** Last earlier step whose frame is a key frame. */
  readonly frameKey: number;
  /** Last earlier step with a memory keyframe. */
  readonly memoryKey: number;
  /** Last earlier step with a memory change or keyframe. */
  readonly memoryLast: number;
}

export function encodeStep(entry: StepEntry): Buffer {
  const bytes = Buffer.allocUnsafe(stepEntryBytes);
  bytes.writeBigUInt64LE(BigInt(entry.offset), 0);
  bytes.writeUInt32LE(entry.seq, 8);
  for (const [at, step] of [entry.frameKey, entry.memoryKey, entry.memoryLast].entries()) {
    bytes.writeUInt32LE(step < 0 ? none : step, 12 + at * 4);
  }
  return bytes;
}

export function decodeStep(bytes: Buffer, step: number): StepEntry {
  const at = step * stepEntryBytes;
  const stepAt = (field: number) => {
    const value = bytes.readUInt32LE(at + field);
    return value === none ? -1 : value;
  };
  return {
    offset: Number(bytes.readBigUInt64LE(at)),
    seq: bytes.readUInt32LE(at + 8),
    frameKey: stepAt(12),
    memoryKey: stepAt(16),
    memoryLast: stepAt(20),
  };
}

/** Follows the events of an episode in order and makes the index entry of each new step. */
export class StepIndexer {
  private step: number;
  private frameKey = -1;
  private memoryKey = -1;
  private memoryLast = -1;

  /** Starts before step 0, or before step `from.step` with what its entry knew. */
  constructor(from?: { readonly step: number; readonly entry: StepEntry }) {
    this.step = (from?.step ?? 0) - 1;
    if (from === undefined) return;
    this.frameKey = from.entry.frameKey;
    this.memoryKey = from.entry.memoryKey;
    this.memoryLast = from.entry.memoryLast;
  }

  /** Steps come in order: the current one goes on, or the next one begins. */
  accepts(step: number): boolean {
    return step === this.step || step === this.step + 1;
  }

  /** Returns the entry when the event is the first of its step. Throws `TraceError` when the step is not this one or the next. */
  note(event: NewEvent, offset: number, seq: number): StepEntry | null {
    const { step } = event;
    if (!this.accepts(step)) {
      throw new TraceError("order", `event ${seq} (${event.kind}) is of step ${step}, after step ${this.step}`);
    }
    const entry =
      step === this.step
        ? null
        : { offset, seq, frameKey: this.frameKey, memoryKey: this.memoryKey, memoryLast: this.memoryLast };
    this.step = step;
    if (event.kind === "obs" && event.frame.key) this.frameKey = step;
    if (event.kind === "mem.keyframe") this.memoryKey = step;
    if (event.kind === "mem" || event.kind === "mem.keyframe") this.memoryLast = step;
    return entry;
  }
}
