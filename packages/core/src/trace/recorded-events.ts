import { TraceError } from "../errors.ts";
import { type EventLine, eventLines, parseEvent } from "./event-lines.ts";
import type { EventOf, TraceEvent } from "./events.ts";
import type { RangeFile } from "./range-file.ts";

/** The events of a recovered trace in order, with a look ahead to the next call. Holds only what lies between here and there. */
export class RecordedEvents {
  private readonly file: RangeFile;
  private readonly lines: Iterator<EventLine>;
  private readonly ahead: TraceEvent[] = [];

  /** `file` ends with its last verified event. */
  constructor(file: RangeFile) {
    this.file = file;
    this.lines = eventLines(file, 0, file.size);
  }

  peek(): TraceEvent | null {
    return this.ahead[0] ?? this.fetch();
  }

  next(): TraceEvent {
    const event = this.peek();
    if (event === null) throw new TraceError("closed", `${this.file.path} holds no further event`);
    this.ahead.shift();
    return event;
  }

  /** The next call from here on, without passing anything. */
  nextCall(): EventOf<"call"> | null {
    for (let at = 0; ; at++) {
      const event = this.ahead[at] ?? this.fetch();
      if (event === null || event.kind === "call") return event;
    }
  }

  close(): void {
    this.file.close();
  }

  private fetch(): TraceEvent | null {
    const line = this.lines.next();
    if (line.done === true) return null;
    const event = parseEvent(line.value.text, true);
    if (event === null) throw new TraceError("line", `${this.file.path}: no event at byte ${line.value.offset}`);
    this.ahead.push(event);
    return event;
  }
}
