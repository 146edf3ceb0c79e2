import { TraceError } from "../errors.ts";
import { type Hash, sha256 } from "../hash.ts";
import { jsonRoundTrip } from "../json.ts";
import type { NewEvent, TraceEvent } from "./events.ts";
import { textsOf } from "./references.ts";
import type { RecordedCall, TraceSink } from "./sink.ts";
import { StepIndexer } from "./step-index.ts";

/** A trace in memory: for tests, and for play that is measured without a disk. */
export class RamTrace implements TraceSink {
  readonly replaying = false;
  readonly events: TraceEvent[] = [];
  readonly texts = new Map<Hash, string>();
  private readonly indexer = new StepIndexer();
  private closed = false;

  blob(text: string): Hash {
    const hash = sha256(text);
    this.texts.set(hash, text);
    return hash;
  }

  append(event: NewEvent): void {
    if (this.closed || this.events.at(-1)?.kind === "episode.end") {
      throw new TraceError("closed", `event ${event.kind} of step ${event.step} comes after the end of the trace`);
    }
    const missing = textsOf(event).find((hash) => !this.texts.has(hash));
    if (missing !== undefined)
      throw new TraceError(
        "missing_text",
        `event ${event.kind} of step ${event.step} names text ${missing}, which was never stored`,
      );
    const seq = this.events.length;
    this.indexer.note(event, 0, seq);
    this.events.push(jsonRoundTrip({ seq, ...event }) as TraceEvent);
  }

  recordedCall(_callId: string): RecordedCall | null {
    return null;
  }

  flush(): void {
    // Nothing outlives the process.
  }

  close(): void {
    this.closed = true;
  }
}
