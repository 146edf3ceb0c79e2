import { join } from "node:path";
import type { Frame } from "../env/frame.ts";
import { TraceError } from "../errors.ts";
import type { Hash } from "../hash.ts";
import type { JsonObject } from "../json.ts";
import type { MemoryImage } from "../memory/store.ts";
import type { ChatMessage } from "../model/chat-model.ts";
import { readHeader, readResult } from "./episode-folder.ts";
import { type EventLine, eventLines, eventsFile, mayHold, parseEvent } from "./event-lines.ts";
import type { EventKind, EventOf, TraceEvent, TraceHeader } from "./events.ts";
import { FrameDecoder } from "./frame-codec.ts";
import { MemoryReplay } from "./memory-replay.ts";
import { PackReader } from "./pack.ts";
import { promptOf } from "./prompts.ts";
import { RangeFile } from "./range-file.ts";
import { StepTable } from "./step-table.ts";

export interface ReaderOptions {
  /** Events are taken as they stand, several times faster: only for folders this machine wrote. Default false. */
  readonly trusted?: boolean;
}

/** Opens an episode folder for reading, complete or not. Throws `TraceError` when it holds no episode of this version. */
export function openTraceReader(dir: string, options: ReaderOptions = {}): TraceReader {
  return new TraceReader(dir, options);
}

/**
 * Random access to a recorded episode. It sees the folder as it was when opened: events written later need a new reader.
 * Every read touches a bounded number of bytes, whatever the length of the episode.
 */
export class TraceReader {
  readonly header: TraceHeader;
  private readonly dir: string;
  private readonly trusted: boolean;
  private readonly eventFile: RangeFile;
  private readonly steps: StepTable;
  private readonly texts: PackReader;

  constructor(dir: string, options: ReaderOptions) {
    this.dir = dir;
    this.trusted = options.trusted ?? false;
    this.header = readHeader(dir);
    // Events before texts: whatever these events name is in the pack by now.
    this.eventFile = new RangeFile(join(dir, eventsFile));
    this.steps = StepTable.load(dir, this.eventFile);
    this.texts = new PackReader(dir);
  }

  /** Recorded steps, the last one included, which may hold only the end. */
  get stepCount(): number {
    return this.steps.count;
  }

  /** Bytes of events and texts read so far. */
  get bytesRead(): number {
    return this.eventFile.bytesRead + this.texts.bytesRead;
  }

  /** The events of steps `from` to `to` (inclusive) in order; all without arguments. */
  *events(from = 0, to = this.stepCount - 1): Generator<TraceEvent> {
    if (to >= from) yield* this.read(from, to);
  }

  /** The event of this kind in a step, the last one if there are several. */
  last<K extends EventKind>(step: number, kind: K): EventOf<K> | null {
    let found: EventOf<K> | null = null;
    for (const event of this.read(step, step, [kind])) found = event as EventOf<K>;
    return found;
  }

  /** The last complete event, null in an empty trace: `episode.end` says that the episode is over. */
  lastEvent(): TraceEvent | null {
    let found: TraceEvent | null = null;
    const last = this.stepCount - 1;
    if (last >= 0) for (const event of this.read(last, last)) found = event;
    return found;
  }

  /** A text by its hash, as events name it. */
  text(hash: Hash): string {
    return this.texts.text(hash);
  }

  /** The exact prompt of a call. */
  messages(step: number, callId: string): ChatMessage[] {
    return this.messagesIn([...this.events(step, step)], callId);
  }

  /** The same of events that were read already: all of the call's step. */
  messagesIn(events: readonly TraceEvent[], callId: string): ChatMessage[] {
    return promptOf(events, callId, (hash) => this.text(hash));
  }

  /** Memory at the end of a step, or as the step found it (at step 0: the scaffold's initial files). */
  memoryAt(step: number, moment: "start" | "end" = "end"): MemoryImage {
    const events = this.stepsWithMemory(step)
      .flatMap((at) => [...this.read(at, at, ["mem", "mem.keyframe"])])
      .filter((event, at) => moment === "end" || event.step < step || (at === 0 && event.kind === "mem.keyframe"));
    const memory = new MemoryReplay();
    for (const event of events.slice(events.findLastIndex((one) => one.kind === "mem.keyframe"))) {
      if (event.kind === "mem.keyframe") memory.keyframe(event, (hash) => this.text(hash));
      if (event.kind === "mem") memory.apply(event.delta);
    }
    return memory.image();
  }

  /** The picture of a step. */
  frameAt(step: number): Frame {
    const own = this.last(step, "obs");
    const from = own?.frame.key === true ? step : Math.max(0, this.steps.entry(step).frameKey);
    const decoder = new FrameDecoder();
    let frame: Frame | null = null;
    for (const event of this.read(from, step, ["obs"])) {
      if (event.kind === "obs") frame = decoder.decode(event.frame);
    }
    if (frame === null) throw new TraceError("no_frame", `${this.dir} holds no picture up to step ${step}`);
    return frame;
  }

  /** The episode's summary, null while there is none. */
  result(): JsonObject | null {
    return readResult(this.dir);
  }

  close(): void {
    this.eventFile.close();
    this.texts.close();
  }

  /** The step and the earlier ones that memory at it is built from, oldest first; the oldest holds a keyframe. */
  private stepsWithMemory(step: number): number[] {
    const { memoryKey, memoryLast } = this.steps.entry(step);
    const steps = [step];
    for (let at = memoryLast; at >= 0 && at >= memoryKey; ) {
      steps.push(at);
      const earlier = this.steps.entry(at).memoryLast;
      if (earlier >= at) throw this.misfit(at);
      at = earlier;
    }
    return steps.reverse();
  }

  /** Events of a step range, only of some kinds if these are given. */
  private *read(from: number, to: number, kinds?: readonly EventKind[]): Generator<TraceEvent> {
    const { offset, seq } = this.steps.entry(from);
    let first = true;
    for (const line of eventLines(this.eventFile, offset, this.steps.endOf(to))) {
      if (!first && kinds !== undefined && !mayHold(line.text, kinds)) continue;
      const event = this.parse(line);
      if (first ? event.seq !== seq || event.step !== from : event.step < from || event.step > to)
        throw this.misfit(from);
      first = false;
      if (kinds === undefined || kinds.includes(event.kind)) yield event;
    }
    if (first) throw this.misfit(from);
  }

  private parse({ text, offset }: EventLine): TraceEvent {
    const event = parseEvent(text, this.trusted);
    if (event !== null) return event;
    const path = this.eventFile.path;
    const help = "delete steps.idx, and if that does not help restore the folder";
    throw new TraceError("line", `${path}: no event of this version at byte ${offset}; ${help}`);
  }

  private misfit(step: number): TraceError {
    return new TraceError(
      "step_index",
      `steps.idx in ${this.dir} does not fit events.jsonl at step ${step}; delete it, it is rebuilt`,
    );
  }
}
