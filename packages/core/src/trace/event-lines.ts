import { TraceError } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { type EventKind, eventSchema, type NewEvent, type TraceEvent } from "./events.ts";
import type { RangeFile } from "./range-file.ts";

export const eventsFile = "events.jsonl";

const chunkBytes = 1024 * 1024;
/** Far above anything the writer makes; stops a file from elsewhere from filling the memory. */
const maxLineBytes = 64 * 1024 * 1024;

export interface EventLine {
  /** Byte offset of the line. */
  readonly offset: number;
  /** Bytes of the line, its line break included. */
  readonly bytes: number;
  readonly text: string;
}

/** The complete lines that begin in the byte range; an incomplete last line is left out. */
export function* eventLines(file: RangeFile, from: number, to: number): Generator<EventLine> {
  let offset = from;
  let size = chunkBytes;
  while (offset < to) {
    const bytes = file.read(offset, Math.min(to, offset + size));
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      yield { offset: offset + start, bytes: end + 1 - start, text: bytes.toString("utf8", start, end) };
      start = end + 1;
    }
    if (start === 0) {
      // No line break yet: either the torn end, or a line longer than the chunk.
      if (bytes.length < size) return;
      size *= 2;
      if (size > maxLineBytes)
        throw new TraceError("line", `${file.path}: the line at byte ${offset} is longer than ${maxLineBytes} bytes`);
    } else size = chunkBytes;
    offset += start;
  }
}

/** An event as a line; the sequence number comes first and what no comparison reads last, so that equal content is an equal text in between. */
export function eventLine(seq: number, event: NewEvent, operational: JsonObject): string {
  return `{"seq":${seq},${contentText(event)}${beforeOperational}${JSON.stringify(operational)}}\n`;
}

/** Whether a line that `eventLine` made says exactly this event. False says nothing: a line from elsewhere may order its keys otherwise. */
export function saysExactly(line: string, event: NewEvent): boolean {
  const content = contentText(event);
  const from = line.indexOf(",") + 1;
  return line.startsWith(content, from) && line.startsWith(beforeOperational, from + content.length);
}

const beforeOperational = ',"operational":';

/** The members of the event's JSON object that are content. */
function contentText(event: NewEvent): string {
  // Most events have neither of the two, and copying is slow.
  if (event.operational === undefined && !("seq" in event)) return JSON.stringify(event).slice(1, -1);
  // A recorded event, which has a `seq` of its own, is also a NewEvent to the compiler.
  const { operational: _operational, seq: _seq, ...content } = event as NewEvent & { readonly seq?: number };
  return JSON.stringify(content).slice(1, -1);
}

/** A line as an event, checked against the schema unless `trusted`; null when it is none. */
export function parseEvent(text: string, trusted = false): TraceEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  // The value itself is handed on, not the schema's copy, which would lose a key such as `__proto__`.
  return trusted || eventSchema.safeParse(value).success ? (value as TraceEvent) : null;
}

/** Whether a line can hold an event of one of these kinds. Cheap and exact: inside JSON strings every quote is escaped. */
export function mayHold(text: string, kinds: readonly EventKind[]): boolean {
  return kinds.some((kind) => text.includes(`"kind":"${kind}"`));
}
