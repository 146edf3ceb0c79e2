import { join } from "node:path";
import { TraceError, UsageError } from "../errors.ts";
import type { Hash } from "../hash.ts";
import { AppendFile } from "./append-file.ts";
import { holdsEpisode, makeFolder, writeHeader } from "./episode-folder.ts";
import { eventLine, eventsFile } from "./event-lines.ts";
import type { NewEvent, TraceHeader } from "./events.ts";
import { lockFolder } from "./lock.ts";
import { PackWriter } from "./pack.ts";
import { PartIndex } from "./part-index.ts";
import type { Recovered } from "./recover.ts";
import { textsOf } from "./references.ts";
import type { RecordedCall, TraceSink } from "./sink.ts";
import { encodeStep, StepIndexer, stepIndexFile } from "./step-index.ts";

/** Bytes that may wait in memory for a flush. */
const maxWaiting = 64 * 1024;

export interface TraceOptions {
  /** A recorded reply is on the disk before it is acted on: also the loss of a machine costs no recorded call. Costs a few syncs for each. */
  readonly durable?: boolean | undefined;
}

/**
 * Begins the trace of a new episode. The folder is made if it is missing and must not hold an episode yet.
 * Throws `UsageError` when it does or when another process writes there, `SetupError` when nothing can be written.
 */
export function createTrace(dir: string, header: TraceHeader, options: TraceOptions = {}): TraceSink {
  makeFolder(dir);
  const unlock = lockFolder(dir);
  try {
    if (holdsEpisode(dir)) {
      throw new UsageError(
        "episode_exists",
        `${dir} already holds an episode; choose another folder, or continue it with --resume`,
      );
    }
    writeHeader(dir, header);
    return new TraceWriter(dir, unlock, { ...options });
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Appends events and texts to an episode folder that it alone writes. Texts always reach their file before the events that name them. */
export class TraceWriter implements TraceSink {
  readonly replaying = false;
  private readonly unlock: () => void;
  private readonly pack: PackWriter;
  private readonly events: AppendFile;
  private readonly steps: AppendFile;
  private readonly indexer: StepIndexer;
  private seq: number;
  /** `performance.now()` at which the episode's clock stood at zero. */
  private epoch: number;
  private state: "open" | "ended" | "closed";

  /** Continues at the end of the folder's files, which hold exactly what `from` says. */
  constructor(dir: string, unlock: () => void, { from, durable }: TraceOptions & { readonly from?: Recovered }) {
    this.unlock = unlock;
    this.pack = new PackWriter(dir, from?.index ?? new PartIndex(), durable);
    this.events = new AppendFile(join(dir, eventsFile), durable);
    this.steps = new AppendFile(join(dir, stepIndexFile));
    this.indexer = from?.indexer ?? new StepIndexer();
    this.seq = from?.events ?? 0;
    this.epoch = performance.now() - (from?.lastAt ?? 0);
    this.state = from?.ended === true ? "ended" : "open";
  }

  /** Lets the episode's clock go on from `at` milliseconds of play. */
  startClock(at: number): void {
    this.epoch = performance.now() - at;
  }

  blob(text: string): Hash {
    return this.pack.blob(text);
  }

  holds(hash: Hash): boolean {
    return this.pack.has(hash);
  }

  append(event: NewEvent): void {
    this.check(event);
    const entry = this.indexer.note(event, this.events.size, this.seq);
    if (entry !== null) this.steps.addBytes(encodeStep(entry));
    const at = Math.round(performance.now() - this.epoch);
    this.events.addText(eventLine(this.seq, event, { ...event.operational, at }));
    this.seq += 1;
    if (event.kind === "episode.end") this.state = "ended";
    // A reply must not be acted on before it is safe from a kill.
    if (event.kind === "call" || this.events.waiting + this.pack.waiting > maxWaiting) this.flush();
  }

  recordedCall(_callId: string): RecordedCall | null {
    return null;
  }

  flush(): void {
    if (this.state === "closed") return;
    this.pack.flush();
    this.events.flush();
    this.steps.flush();
  }

  close(): void {
    if (this.state === "closed") return;
    try {
      this.flush();
    } finally {
      this.state = "closed";
      this.pack.close();
      this.events.close();
      this.steps.close();
      this.unlock();
    }
  }

  private check(event: NewEvent): void {
    if (this.state !== "open") {
      throw new TraceError(
        "closed",
        `event ${event.kind} of step ${event.step} comes after the trace was ${this.state}`,
      );
    }
    for (const hash of textsOf(event)) {
      if (!this.pack.has(hash)) {
        throw new TraceError(
          "missing_text",
          `event ${this.seq} (${event.kind}, step ${event.step}) names text ${hash}, which was never stored`,
        );
      }
    }
  }
}
