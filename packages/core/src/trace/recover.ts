import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "./episode-folder.ts";
import { eventLines, eventsFile, parseEvent } from "./event-lines.ts";
import type { TraceEvent } from "./events.ts";
import { PackReader, packFile, packIndexFile } from "./pack.ts";
import { type PartIndex, partEntryBytes } from "./part-index.ts";
import { RangeFile } from "./range-file.ts";
import { textsOf } from "./references.ts";
import { encodeStep, StepIndexer, stepIndexFile } from "./step-index.ts";

/** What a writer needs to go on where the files end. */
export interface Recovered {
  readonly index: PartIndex;
  readonly indexer: StepIndexer;
  /** Recorded events: the next `seq`. */
  readonly events: number;
  /** `operational.at` of the last one. */
  readonly lastAt: number;
  /** The last event is `episode.end`. */
  readonly ended: boolean;
  /** Bytes of events.jsonl and parts.pack that did not hold together and were cut off. */
  readonly cutBytes: number;
}

/**
 * Keeps the longest prefix of an episode that verifies and cuts the rest off: texts whose bytes have their hash, then complete events in order
 * that name only such texts. Rewrites steps.idx if it says something else. The caller holds the lock.
 */
export function recover(dir: string): Recovered {
  for (const name of [packFile, packIndexFile, eventsFile, stepIndexFile]) createIfMissing(join(dir, name));
  const { index, cutBytes } = recoverTexts(dir);
  const events = recoverEvents(dir, index);
  return { index, ...events, cutBytes: cutBytes + events.cutBytes };
}

function recoverTexts(dir: string): { index: PartIndex; cutBytes: number } {
  const reader = new PackReader(dir);
  let count = 0;
  let end = 0;
  while (count < reader.index.count && holds(reader, count, end)) {
    end += reader.index.entry(count).stored;
    count += 1;
  }
  const cutBytes = reader.packBytes - end;
  const index = reader.index.head(count);
  reader.close();
  truncateSync(join(dir, packIndexFile), count * partEntryBytes);
  truncateSync(join(dir, packFile), end);
  return { index, cutBytes };
}

function holds(reader: PackReader, number: number, end: number): boolean {
  const entry = reader.index.entry(number);
  if (entry.offset !== end || entry.offset + entry.stored > reader.packBytes) return false;
  try {
    reader.textAt(number);
    return true;
  } catch {
    return false;
  }
}

function recoverEvents(dir: string, index: PartIndex): Omit<Recovered, "index"> {
  const file = new RangeFile(join(dir, eventsFile));
  const indexer = new StepIndexer();
  const steps: Buffer[] = [];
  let end = 0;
  let events = 0;
  let last: TraceEvent | null = null;
  for (const line of eventLines(file, 0, file.size)) {
    const event = parseEvent(line.text);
    if (event === null || event.seq !== events || !indexer.accepts(event.step)) break;
    if (last?.kind === "episode.end" || !textsOf(event).every((hash) => known(index, hash))) break;
    const entry = indexer.note(event, line.offset, event.seq);
    if (entry !== null) steps.push(encodeStep(entry));
    last = event;
    events += 1;
    end = line.offset + line.bytes;
  }
  const cutBytes = file.size - end;
  file.close();
  truncateSync(join(dir, eventsFile), end);
  rewriteSteps(dir, Buffer.concat(steps));
  const at = last?.operational?.at;
  return { indexer, events, lastAt: typeof at === "number" ? at : 0, ended: last?.kind === "episode.end", cutBytes };
}

function known(index: PartIndex, hash: string): boolean {
  return index.find(Buffer.from(hash, "hex")) >= 0;
}

function rewriteSteps(dir: string, wanted: Buffer): void {
  if (!readFileSync(join(dir, stepIndexFile)).equals(wanted)) replaceFile(dir, stepIndexFile, wanted);
}

function createIfMissing(path: string): void {
  if (!existsSync(path)) writeFileSync(path, "");
}
