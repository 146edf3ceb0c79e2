import type { Hash } from "../hash.ts";
import { containsTag } from "../ops/tags.ts";
import { type OpenFile, openFile, refusal, resolveTarget, sizeProblem, writeProblem } from "./access.ts";
import {
  applySplices,
  composesTag,
  keyedSplices,
  linesOfKey,
  occurrences,
  removalOfLines,
  type Splice,
} from "./edits.ts";
import type { FileTable, Plan } from "./file-table.ts";
import { keyProblem } from "./keys.ts";
import { lastLines, lineRange, matchingLines } from "./reads.ts";
import { normalizeLine, normalizeText } from "./repeat.ts";
import { matchLines, queryProblem } from "./search-bytes.ts";
import type {
  Changed,
  Counted,
  Excerpt,
  Listing,
  MemoryDelta,
  MemoryImage,
  MemoryLimits,
  MemoryStore,
  Query,
  Refusal,
  SearchTarget,
} from "./store.ts";
import { cleanText, decode, encode, lineCount, shown, sliceText, storedText } from "./text.ts";

/** Places of an ambiguous REPLACE that the refusal names. */
const placesShown = 5;

/** The memory store over any backend: checks, then one planned change, then its delta. */
export class ByteStore implements MemoryStore {
  readonly limits: MemoryLimits;
  private readonly table: FileTable;

  constructor(table: FileTable, limits: MemoryLimits) {
    this.table = table;
    this.limits = limits;
  }

  read(file: string, range?: { readonly from: number; readonly to: number }): Excerpt | Refusal {
    const found = openFile(this.table, file);
    return found.ok ? lineRange(found, range, this.limits) : found;
  }

  tail(file: string, lines: number): Excerpt | Refusal {
    const found = openFile(this.table, file);
    return found.ok ? lastLines(found, lines, this.limits) : found;
  }

  search(target: SearchTarget, query: Query): Excerpt | Refusal {
    const files = this.openAll(target, query);
    return Array.isArray(files) ? matchingLines(files, query, this.limits) : files;
  }

  count(target: SearchTarget, query: Query): Counted | Refusal {
    const files = this.openAll(target, query);
    if (!Array.isArray(files)) return files;
    let matches = 0;
    for (const { view } of files) matchLines(view, query, () => matches++);
    return { ok: true, matches };
  }

  list(target: SearchTarget = "*"): Listing | Refusal {
    const names = resolveTarget(this.table, target);
    if ("ok" in names) return names;
    const files = names.flatMap((name) => {
      const state = this.table.get(name);
      return state === undefined ? [] : [{ name, bytes: state.bytes, lines: state.index.lines, hash: state.hash }];
    });
    return { ok: true, files };
  }

  append(file: string, text: string): Changed | Refusal {
    const stored = storedText(text);
    const problem = writeProblem(this.table, this.limits, file) ?? textProblem(stored);
    if (problem !== null) return problem;
    if (stored === "") return refusal("bad_argument", "there is no text to append");
    const known = this.table.get(file)?.lineSet(() => this.table.view(file));
    return this.addAtEnd(file, stored, known?.hasAll(encode(stored)) ?? false);
  }

  write(file: string, text: string): Changed | Refusal {
    const stored = storedText(text);
    const problem = writeProblem(this.table, this.limits, file) ?? textProblem(stored);
    if (problem !== null) return problem;
    const lines = lineCount(stored);
    if (this.table.get(file) === undefined) return this.commit({ change: "create", file, text: stored }, lines, false);
    const old = decode(this.table.view(file));
    if (old === stored) return unchanged(lines);
    return this.commit({ change: "write", file, text: stored }, lines, normalizeText(old) === normalizeText(stored));
  }

  create(file: string, text: string): Changed | Refusal {
    const stored = storedText(text);
    const named = writeProblem(this.table, this.limits, file);
    if (named !== null) return named;
    if (this.table.get(file) !== undefined) return refusal("exists", `${file} exists already: use WRITE or APPEND`);
    return textProblem(stored) ?? this.commit({ change: "create", file, text: stored }, lineCount(stored), false);
  }

  replace(file: string, old: string, text: string): Changed | Refusal {
    const found = openFile(this.table, file);
    if (!found.ok) return found;
    const wanted = cleanText(old);
    if (wanted === "") return refusal("bad_argument", "the old text is missing");
    const places = occurrences(found.view, wanted, placesShown + 1);
    const [at] = places;
    if (at === undefined)
      return refusal("no_match", `${shown(old)} is not in ${file}: give it exactly as READ shows it`);
    if (places.length > 1) return refusal("ambiguous", ambiguity(found, wanted, places));
    const remove = encode(wanted).length;
    const insert = cleanText(text);
    const unended = at + remove === found.view.length && at + insert.length > 0 && !insert.endsWith("\n");
    const splices = [{ at, remove, insert: unended ? `${insert}\n` : insert }];
    if (composesTag(applySplices(found.view, splices), at, encode(insert).length)) return opTag();
    return this.splice(found, splices, lineCount(wanted), false);
  }

  delete(file: string, query?: Query): Changed | Refusal {
    const found = openFile(this.table, file);
    if (!found.ok) return found;
    if (query === undefined) return this.commit({ change: "delete", file }, found.state.index.lines, false);
    const problem = queryProblem(query);
    if (problem !== null) return refusal("bad_argument", problem);
    const { splices, lines } = removalOfLines(found.view, query);
    return lines === 0
      ? refusal("no_match", `no line of ${file} holds the keywords`)
      : this.splice(found, splices, lines, false);
  }

  upsert(file: string, key: string, value: string): Changed | Refusal {
    const text = cleanText(value).trim();
    const argument = keyProblem(key) ?? valueProblem(text);
    if (argument !== null) return refusal("bad_argument", argument);
    const line = `${key}: ${text}`;
    const problem = writeProblem(this.table, this.limits, file) ?? textProblem(line);
    if (problem !== null) return problem;
    const found = openFile(this.table, file);
    const present = found.ok ? linesOfKey(found.view, key) : [];
    if (!found.ok || present.length === 0) return this.addAtEnd(file, `${line}\n`, false);
    const wanted = normalizeLine(text);
    const label = encode(`${key}:`).length;
    const same = present.every(({ start, end }) => normalizeLine(sliceText(found.view, start + label, end)) === wanted);
    return this.splice(found, keyedSplices(found.view, present, line), present.length, same);
  }

  hash(): Hash {
    return this.table.hash();
  }

  image(): MemoryImage {
    const files = Object.fromEntries(this.table.names().map((name) => [name, decode(this.table.view(name))]));
    return { files, storeHash: this.table.hash() };
  }

  apply(delta: MemoryDelta): void {
    this.table.replay(delta);
  }

  close(): void {
    this.table.close();
  }

  private openAll(target: SearchTarget, query: Query): OpenFile[] | Refusal {
    const problem = queryProblem(query);
    if (problem !== null) return refusal("bad_argument", problem);
    const names = resolveTarget(this.table, target);
    if ("ok" in names) return names;
    const files: OpenFile[] = [];
    for (const name of names) {
      const found = openFile(this.table, name);
      if (!found.ok) return found;
      files.push(found);
    }
    return files;
  }

  /** Adds whole lines; a last line that was left open (in a file not written by a store) is ended first. */
  private addAtEnd(file: string, stored: string, repeat: boolean): Changed | Refusal {
    const state = this.table.get(file);
    const text = state?.index.endsOpen ? `\n${stored}` : stored;
    return this.commit({ change: state === undefined ? "create" : "append", file, text }, lineCount(stored), repeat);
  }

  private splice(found: OpenFile, splices: readonly Splice[], lines: number, repeat: boolean): Changed | Refusal {
    const content = applySplices(found.view, splices);
    if (Buffer.compare(content, found.view) === 0) return unchanged(lines);
    return this.commit({ change: "splice", file: found.name, splices, content }, lines, repeat);
  }

  private commit(plan: Plan, lines: number, repeat: boolean): Changed | Refusal {
    const { file } = plan;
    const state = this.table.get(file);
    const problem = sizeProblem(this.table, this.limits, file, sizeAfter(plan, state?.bytes ?? 0));
    if (problem !== null) return problem;
    return { ok: true, delta: this.table.perform(plan), created: state === undefined, lines, repeat };
  }
}

function sizeAfter(plan: Plan, now: number): number {
  if (plan.change === "delete") return 0;
  if (plan.change === "splice") return plan.content.length;
  return Buffer.byteLength(plan.text) + (plan.change === "append" ? now : 0);
}

function unchanged(lines: number): Changed {
  return { ok: true, delta: null, created: false, lines, repeat: true };
}

function textProblem(text: string): Refusal | null {
  return containsTag(text) ? opTag() : null;
}

function opTag(): Refusal {
  return refusal("op_tag", "memory files must not hold op tags: describe them in words");
}

function valueProblem(value: string): string | null {
  if (value === "") return "the value is missing";
  return value.includes("\n") ? "the value must be one line" : null;
}

function ambiguity({ name, state, view }: OpenFile, wanted: string, places: readonly number[]): string {
  const lines = state.index.linesAt(view, places.slice(0, placesShown));
  const more = places.length > placesShown ? ", ..." : "";
  return `${shown(wanted)} is in ${name} more than once (lines ${lines.join(", ")}${more}): give more of the text around it`;
}
