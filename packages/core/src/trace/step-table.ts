import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TraceError } from "../errors.ts";
import { eventLines, parseEvent } from "./event-lines.ts";
import type { RangeFile } from "./range-file.ts";
import { decodeStep, encodeStep, type StepEntry, StepIndexer, stepEntryBytes, stepIndexFile } from "./step-index.ts";

/** Where the steps of an episode lie: steps.idx, completed in memory by what lies behind its last entry. */
export class StepTable {
  private readonly entries: Buffer;
  /** End of the last complete event. */
  private readonly end: number;

  private constructor(entries: Buffer, end: number) {
    this.entries = entries;
    this.end = end;
  }

  /** Reads the index, or rebuilds it when it is missing or does not fit. Only reads; tolerates a torn or growing tail. */
  static load(dir: string, events: RangeFile): StepTable {
    const path = join(dir, stepIndexFile);
    const stored = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    let count = Math.floor(stored.length / stepEntryBytes);
    while (count > 0 && decodeStep(stored, count - 1).offset >= events.size) count -= 1;
    return scanFrom(events, stored, count) ?? scanFrom(events, stored, 0) ?? new StepTable(Buffer.alloc(0), 0);

    function scanFrom(file: RangeFile, index: Buffer, known: number): StepTable | null {
      const tail = scanTail(file, index, known);
      if (tail === null) return null;
      const head = index.subarray(0, Math.max(0, known - 1) * stepEntryBytes);
      return new StepTable(Buffer.concat([head, ...tail.entries.map(encodeStep)]), tail.end);
    }
  }

  get count(): number {
    return this.entries.length / stepEntryBytes;
  }

  /** Throws `TraceError` when there is no such step. */
  entry(step: number): StepEntry {
    if (!Number.isInteger(step) || step < 0 || step >= this.count) {
      throw new TraceError("no_step", `there is no step ${step}; the trace holds steps 0 to ${this.count - 1}`);
    }
    return decodeStep(this.entries, step);
  }

  /** Byte offset at which a step's events end. */
  endOf(step: number): number {
    return step + 1 < this.count ? this.entry(step + 1).offset : this.end;
  }
}

/** Reads again from the last known step on (its events may have been written in part). Null when that entry does not fit the events. */
function scanTail(events: RangeFile, index: Buffer, known: number): { entries: StepEntry[]; end: number } | null {
  const step = known - 1;
  const last = known > 0 ? decodeStep(index, step) : null;
  const indexer = new StepIndexer(last === null ? undefined : { step, entry: last });
  const entries: StepEntry[] = [];
  let seq = last?.seq ?? 0;
  let end = last?.offset ?? 0;
  for (const line of eventLines(events, end, events.size)) {
    const event = parseEvent(line.text, true);
    if (event === null || event.seq !== seq || !indexer.accepts(event.step)) break;
    const entry = indexer.note(event, line.offset, seq);
    if (entry !== null) entries.push(entry);
    end = line.offset + line.bytes;
    seq += 1;
  }
  return last !== null && entries.length === 0 ? null : { entries, end };
}
