import type { Hash } from "../hash.ts";
import type { EventOf, NewEvent } from "./events.ts";

/** A model call that an earlier run of this episode already paid for. */
export interface RecordedCall {
  readonly event: EventOf<"call">;
  readonly text: string;
}

/**
 * Where an episode writes what happened. A resumed sink first *verifies*: events handed over are compared with the recorded ones
 * (everything but `operational`), and a difference throws `TraceError` naming step and field; after the last recorded event it
 * appends. So the same code path records, replays and continues.
 */
export interface TraceSink {
  /** Stores a text once and returns its hash. */
  blob(text: string): Hash;
  /**
   * Records the event (or verifies it). A `call` has reached the operating system when this returns. Throws `TraceError` when the event names
   * a text that was never stored, skips or repeats a step, or follows the end of the episode.
   */
  append(event: NewEvent): void;
  /** The recorded outcome of the next call if the trace still holds one. Throws `TraceError` if the recorded call has another id. */
  recordedCall(callId: string): RecordedCall | null;
  /** True while recorded events remain to be verified. */
  readonly replaying: boolean;
  /** Hands everything appended so far to the operating system: what happened before survives a kill of the process. */
  flush(): void;
  close(): void;
}
