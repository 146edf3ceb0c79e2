import { TraceError } from "../errors.ts";
import { type EventLine, eventLines, mayHold, parseEvent } from "./event-lines.ts";
import { answerSchema, type EventOf, type TraceEvent } from "./events.ts";
import type { RangeFile } from "./range-file.ts";

/** One event as it was written, parsed only where somebody wants to know what it says. */
export interface RecordedEvent {
  readonly line: string;
  parse(): TraceEvent;
}

/** The events of a recovered trace in order, with a look ahead to the next call. Holds only what lies between here and there. */
export class RecordedEvents {
  private readonly file: RangeFile;
  private readonly lines: Iterator<EventLine>;
  private readonly ahead: EventLine[] = [];

  /** `file` ends with its last verified event. */
  constructor(file: RangeFile) {
    this.file = file;
    this.lines = eventLines(file, 0, file.size);
  }

  /** Whether all have been passed. */
  get over(): boolean {
    return this.ahead.length === 0 && this.fetch() === null;
  }

  next(): RecordedEvent {
    const line = this.ahead[0] ?? this.fetch();
    if (line === null) throw new TraceError("closed", `${this.file.path} holds no further event`);
    this.ahead.shift();
    return { line: line.text, parse: () => this.parse(line) };
  }

  /** The next call from here on, without passing anything. */
  nextCall(): EventOf<"call"> | null {
    for (let at = 0; ; at++) {
      const line = this.ahead[at] ?? this.fetch();
      if (line === null) return null;
      if (!mayHold(line.text, ["call"])) continue;
      const event = this.parse(line);
      if (event.kind !== "call") continue;
      if (!answerSchema.safeParse(event).success) throw this.noEvent(line);
      return event;
    }
  }

  close(): void {
    this.file.close();
  }

  private fetch(): EventLine | null {
    const line = this.lines.next();
    if (line.done === true) return null;
    this.ahead.push(line.value);
    return line.value;
  }

  private parse(line: EventLine): TraceEvent {
    const event = parseEvent(line.text, true);
    if (event === null) throw this.noEvent(line);
    return event;
  }

  private noEvent({ offset }: EventLine): TraceError {
    return new TraceError("line", `${this.file.path}: no event at byte ${offset}`);
  }
}
