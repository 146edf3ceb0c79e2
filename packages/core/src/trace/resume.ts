import { join } from "node:path";
import { TraceError } from "../errors.ts";
import { type Hash, sha256 } from "../hash.ts";
import { type Json, jsonRoundTrip } from "../json.ts";
import { type Difference, firstDifference } from "./compare.ts";
import { readHeader } from "./episode-folder.ts";
import { eventsFile, saysExactly } from "./event-lines.ts";
import type { EventOf, NewEvent, TraceEvent, TraceHeader } from "./events.ts";
import { lockFolder } from "./lock.ts";
import { PackReader } from "./pack.ts";
import { RangeFile } from "./range-file.ts";
import { RecordedEvents } from "./recorded-events.ts";
import { recover } from "./recover.ts";
import type { RecordedCall, TraceSink } from "./sink.ts";
import { type TraceOptions, TraceWriter } from "./writer.ts";

export interface ResumedTrace {
  readonly header: TraceHeader;
  /** Verifies the recorded events, then appends. */
  readonly sink: TraceSink;
  /** Events that were recorded. */
  readonly events: number;
  /** `episode.end` is recorded: a replay verifies the episode and adds nothing. */
  readonly ended: boolean;
  /** Bytes of a torn tail that were cut off. */
  readonly cutBytes: number;
}

/**
 * Opens a recorded episode to continue it: cuts a torn tail off, and returns a sink that verifies a replay before it appends.
 * Throws `TraceError` when the folder holds no episode of this version, `UsageError` when another process writes it.
 */
export function resumeTrace(dir: string, options: TraceOptions = {}): ResumedTrace {
  const header = readHeader(dir);
  const unlock = lockFolder(dir);
  try {
    const recovered = recover(dir);
    const writer = new TraceWriter(dir, unlock, { ...options, from: recovered });
    const recorded = new RecordedEvents(new RangeFile(join(dir, eventsFile)));
    const sink = new VerifyingSink(writer, recorded, new PackReader(dir, recovered.index), recovered.lastAt);
    const { events, ended, cutBytes } = recovered;
    return { header, sink, events, ended, cutBytes };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Compares what a replay hands over with what was recorded. Writes nothing before everything recorded has been seen again. */
class VerifyingSink implements TraceSink {
  private readonly writer: TraceWriter;
  private readonly recorded: RecordedEvents;
  private readonly texts: PackReader;
  private readonly lastAt: number;
  /** Texts of events that were not recorded any more, or of a replay that diverges. */
  private readonly unseen = new Map<Hash, string>();
  private divergence: TraceError | null = null;
  private verified = false;
  private closed = false;

  constructor(writer: TraceWriter, recorded: RecordedEvents, texts: PackReader, lastAt: number) {
    this.writer = writer;
    this.recorded = recorded;
    this.texts = texts;
    this.lastAt = lastAt;
    this.settle();
  }

  get replaying(): boolean {
    return !this.verified;
  }

  blob(text: string): Hash {
    if (this.verified) return this.writer.blob(text);
    const digest = sha256(text);
    if (!this.writer.holds(digest)) this.unseen.set(digest, text);
    return digest;
  }

  append(event: NewEvent): void {
    if (this.divergence !== null) throw this.divergence;
    if (this.verified) this.writer.append(event);
    else this.verify(event);
  }

  recordedCall(callId: string): RecordedCall | null {
    const event = this.recorded.nextCall();
    if (event === null) return null;
    if (event.callId !== callId) throw this.otherCall(event, callId);
    return { event, text: this.texts.text(event.reply) };
  }

  flush(): void {
    if (this.verified) this.writer.flush();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (!this.verified) this.release();
    this.writer.close();
  }

  private release(): void {
    this.recorded.close();
    this.texts.close();
  }

  private verify(event: NewEvent): void {
    const recorded = this.recorded.next();
    if (!saysExactly(recorded.line, event)) this.insistOnEqual(recorded.parse(), event);
    this.settle();
  }

  private insistOnEqual(recorded: TraceEvent, event: NewEvent): void {
    const difference = firstDifference(content(recorded), content(event));
    if (difference === null) return;
    this.divergence = this.diverged(recorded, difference);
    throw this.divergence;
  }

  /** Goes over to writing once the last recorded event is verified. */
  private settle(): void {
    if (!this.recorded.over) return;
    this.verified = true;
    this.release();
    for (const text of this.unseen.values()) this.writer.blob(text);
    this.unseen.clear();
    this.writer.startClock(this.lastAt);
  }

  private diverged(recorded: TraceEvent, { path, recorded: was, replayed: is }: Difference): TraceError {
    const shown = this.firstUnequalText(was, is) ?? [brief(was), brief(is)];
    return new TraceError(
      "diverged",
      `step ${recorded.step}, event ${recorded.seq} (${recorded.kind}): ${path} was ${shown[0]} and is now ${shown[1]}; ` +
        "game, scaffold or code changed since this episode was recorded",
      {
        data: {
          step: recorded.step,
          seq: recorded.seq,
          kind: recorded.kind,
          field: path,
          recorded: was ?? null,
          replayed: is ?? null,
        },
      },
    );
  }

  /** Two hashes say little: shows the texts from where they part, when both are at hand. */
  private firstUnequalText(was: Json | undefined, is: Json | undefined): [string, string] | null {
    const [before, after] = [this.textOf(was), this.textOf(is)];
    if (before === null || after === null) return null;
    let at = 0;
    while (at < before.length && before[at] === after[at]) at += 1;
    const from = Math.max(0, at - 20);
    return [`a text with ${brief(before.slice(from, at + 40))}`, brief(after.slice(from, at + 40))];
  }

  private textOf(value: Json | undefined): string | null {
    if (typeof value !== "string") return null;
    return this.unseen.get(value) ?? (this.writer.holds(value) ? this.texts.text(value) : null);
  }

  private otherCall(event: EventOf<"call">, callId: string): TraceError {
    return new TraceError(
      "diverged",
      `step ${event.step}, event ${event.seq} (call): callId was "${event.callId}" and is now "${callId}"`,
      {
        data: {
          step: event.step,
          seq: event.seq,
          kind: "call",
          field: "callId",
          recorded: event.callId,
          replayed: callId,
        },
      },
    );
  }
}

/** What is compared: everything but the sequence number and what may differ between runs. */
function content(event: NewEvent): Json {
  const { operational: _operational, ...rest } = event;
  return jsonRoundTrip({ ...rest, seq: 0 }) as Json;
}

function brief(value: Json | undefined): string {
  if (value === undefined) return "absent";
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
