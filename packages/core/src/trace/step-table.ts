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
    const index = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    let known = Math.floor(index.length / stepEntryBytes);
    while (known > 0 && decodeStep(index, known - 1).offset >= events.size) known -= 1;
    return StepTable.complete(events, index, known) ?? StepTable.rebuild(events);
  }

  private static rebuild(events: RangeFile): StepTable {
    const { entries, end } = scanTail(events, 0, null);
    return new StepTable(Buffer.concat(entries.map(encodeStep)), end);
  }

  /** The first `known` entries, the last of them made again because its step may have been written in part. Null when it does not fit. */
  private static complete(events: RangeFile, index: Buffer, known: number): StepTable | null {
    if (known === 0) return null;
    const last = known - 1;
    const { entries, end } = scanTail(events, last, decodeStep(index, last));
    if (entries.length === 0) return null;
    return new StepTable(Buffer.concat([index.subarray(0, last * stepEntryBytes), ...entries.map(encodeStep)]), end);
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

/** The entries from `step` on, where `entry` says that it begins (null: the beginning), up to the last complete event. */
function scanTail(events: RangeFile, step: number, entry: StepEntry | null): { entries: StepEntry[]; end: number } {
  const indexer = new StepIndexer(entry === null ? undefined : { step, entry });
  const entries: StepEntry[] = [];
  let seq = entry?.seq ?? 0;
  let end = entry?.offset ?? 0;
  for (const line of eventLines(events, end, events.size)) {
    const event = parseEvent(line.text, true);
    if (event === null || event.seq !== seq || !indexer.accepts(event.step)) break;
    const noted = indexer.note(event, line.offset, seq);
    if (noted !== null) entries.push(noted);
    end = line.offset + line.bytes;
    seq += 1;
  }
  return { entries, end };
}
