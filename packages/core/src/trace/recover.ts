import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TraceError } from "../errors.ts";
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
 * @throws TraceError `trace.damaged` when whole events follow what does not hold together: no kill leaves that, and a cut would throw
 * recorded calls away. The folder is left as it was.
 */
export function recover(dir: string): Recovered {
  const made = [packFile, packIndexFile, eventsFile, stepIndexFile].filter((name) => createIfMissing(join(dir, name)));
  try {
    const texts = wholeTexts(dir);
    const { steps, end, torn, ...events } = findEvents(dir, texts.index);
    truncateSync(join(dir, packIndexFile), texts.index.count * partEntryBytes);
    truncateSync(join(dir, packFile), texts.end);
    truncateSync(join(dir, eventsFile), end);
    rewriteSteps(dir, steps);
    return { index: texts.index, ...events, cutBytes: texts.torn + torn };
  } catch (error) {
    for (const name of made) rmSync(join(dir, name));
    throw error;
  }
}

/** The texts that verify: where they end in the pack, and how many bytes of the pack follow. */
function wholeTexts(dir: string): { index: PartIndex; end: number; torn: number } {
  const reader = new PackReader(dir);
  let count = 0;
  let end = 0;
  while (count < reader.index.count && holds(reader, count, end)) {
    end += reader.index.entry(count).stored;
    count += 1;
  }
  const index = reader.index.head(count);
  reader.close();
  return { index, end, torn: reader.packBytes - end };
}

function holds(reader: PackReader, number: number, end: number): boolean {
  const entry = reader.index.entry(number);
  return entry.offset === end && entry.offset + entry.stored <= reader.packBytes && reader.isWhole(number);
}

/** What the events that verify say, the step index over them, where they end and how many bytes follow. */
interface WholeEvents extends Omit<Recovered, "index" | "cutBytes"> {
  readonly steps: Buffer;
  readonly end: number;
  readonly torn: number;
}

/**
 * A kill leaves nothing wrong before the end of a file, so only that is held against the schema, which takes far longer than all the rest. What
 * lies before is compared with the replay, and replies are checked when they are handed out.
 */
const checkedTail = 64 * 1024;

function findEvents(dir: string, index: PartIndex): WholeEvents {
  try {
    return wholeEvents(dir, index, checkedTail);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // An event without a field that is looked at: the schema says which line it is.
    return wholeEvents(dir, index, Number.POSITIVE_INFINITY);
  }
}

function wholeEvents(dir: string, index: PartIndex, checked: number): WholeEvents {
  const file = new RangeFile(join(dir, eventsFile));
  try {
    const indexer = new StepIndexer();
    const steps: Buffer[] = [];
    let end = 0;
    let events = 0;
    let last: TraceEvent | null = null;
    for (const line of eventLines(file, 0, file.size)) {
      const event = parseEvent(line.text, line.offset < file.size - checked);
      const inOrder = event?.seq === events && indexer.accepts(event.step) && last?.kind !== "episode.end";
      if (event === null || !inOrder || !textsOf(event).every((hash) => known(index, hash))) {
        insistOnTail(file, { line: events + 1, end: line.offset + line.bytes, event, inOrder });
        break;
      }
      const entry = indexer.note(event, line.offset, event.seq);
      if (entry !== null) steps.push(encodeStep(entry));
      last = event;
      events += 1;
      end = line.offset + line.bytes;
    }
    const at = last?.operational?.at;
    const lastAt = typeof at === "number" ? at : 0;
    const ended = last?.kind === "episode.end";
    return { indexer, events, lastAt, ended, steps: Buffer.concat(steps), end, torn: file.size - end };
  } finally {
    file.close();
  }
}

/** The first line that does not hold. */
interface Broken {
  /** From 1. */
  readonly line: number;
  readonly end: number;
  readonly event: TraceEvent | null;
  readonly inOrder: boolean;
}

/** Returns when no whole event would be lost by a cut at this line, except one whose own texts are missing. */
function insistOnTail(file: RangeFile, { line, end, event, inOrder }: Broken): void {
  const misplaced = event !== null && !inOrder;
  if (!misplaced && !anyEvent(file, end)) return;
  const lost =
    event === null
      ? "is damaged"
      : misplaced
        ? "does not continue the line before"
        : "names texts that parts.pack has not whole";
  const rest = misplaced ? "" : ", and whole events follow";
  throw new TraceError(
    "damaged",
    `${file.path}: line ${line} ${lost}${rest}; restore the folder from a copy, or keep only the first ${line - 1} lines of the file to play on from there`,
    { data: { line } },
  );
}

function anyEvent(file: RangeFile, from: number): boolean {
  for (const line of eventLines(file, from, file.size)) {
    if (parseEvent(line.text) !== null) return true;
  }
  return false;
}

function known(index: PartIndex, hash: string): boolean {
  return index.find(Buffer.from(hash, "hex")) >= 0;
}

function rewriteSteps(dir: string, wanted: Buffer): void {
  if (!readFileSync(join(dir, stepIndexFile)).equals(wanted)) replaceFile(dir, stepIndexFile, wanted);
}

function createIfMissing(path: string): boolean {
  if (existsSync(path)) return false;
  writeFileSync(path, "");
  return true;
}
