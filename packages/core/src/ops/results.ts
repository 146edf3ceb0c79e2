import type { Changed, Excerpt, FileStat, MemoryLimits, MemoryStore } from "../memory/store.ts";
import type { OpOutcome, ParsedOp } from "./op.ts";
import { findOp, type OpName, type OpSpec } from "./vocabulary.ts";

/** The result blocks a model reads (docs/ops.md, "Results"). */

/** Characters of a header's arguments: they repeat what the model wrote, which may be long. */
const headerRoom = 100;
/** Characters of all results of one reply; what is beyond shows its first line only, or not at all. */
const resultsRoom = 64 * 1024;

/** `[SEARCH log.txt|cow AND water]`: the op with the arguments that name places, on one line. */
export function header({ name, args }: ParsedOp): string {
  const { arguments: specs } = findOp(name) as OpSpec;
  const named = specs
    .filter(({ form }) => form !== "text" && form !== "quoted")
    .flatMap((spec) => args[spec.name] ?? []);
  const text = named.join("|").replace(/\s+/g, " ");
  const cut = text.length > headerRoom ? `${text.slice(0, headerRoom - 3).toWellFormed()}...` : text;
  return `[${cut === "" ? name : `${name} ${cut}`}]`;
}

export function readResult(store: MemoryStore, file: string, found: Excerpt, head: string): OpOutcome {
  const all = linesOf(store, file);
  const first = found.lines[0]?.line ?? 0;
  const last = found.lines.at(-1)?.line ?? 0;
  const end = first + found.total - 1;
  if (all === 0) return { status: "ok", text: `${head} empty file`, matches: 0 };
  const said = found.lines.length === all ? count(all, "line") : `lines ${first}-${last} of ${all}`;
  const rest =
    last < end ? `[cut: go on with <|READ|>${file}|${last + 1}-${Math.min(end, 2 * last - first + 1)}<|END|>]` : null;
  return { status: "ok", text: block(`${head} ${said}`, plainLines(found), rest), matches: found.total };
}

export function tailResult(store: MemoryStore, file: string, found: Excerpt, head: string): OpOutcome {
  const all = linesOf(store, file);
  if (all === 0) return { status: "ok", text: `${head} empty file`, matches: 0 };
  const first = found.lines[0]?.line ?? 0;
  const missing = found.total - found.lines.length;
  const rest =
    missing > 0 ? `[cut: the lines before are <|READ|>${file}|${first - missing}-${first - 1}<|END|>]` : null;
  const said = `lines ${first}-${all} of ${all}`;
  return { status: "ok", text: block(`${head} ${said}`, plainLines(found), rest), matches: found.total };
}

export function searchResult(found: Excerpt, head: string): OpOutcome {
  const shown = found.lines.length;
  const said = `${count(found.total, "matching line")}${shown < found.total ? `, the last ${shown}` : ""}`;
  const lines = found.lines.map(({ file, line, text }) => `${file}:${line}: ${text}`);
  const rest = shown < found.total ? "[cut: narrow it down with AND, or search fewer files]" : null;
  return { status: "ok", text: block(`${head} ${said}`, lines, rest), matches: found.total };
}

export function countResult(matches: number, head: string): OpOutcome {
  return { status: "ok", text: `${head} ${count(matches, "matching line")}`, matches };
}

export function listResult(
  files: readonly FileStat[],
  { resultLines, resultBytes }: MemoryLimits,
  head: string,
): OpOutcome {
  const lines: string[] = [];
  let room = resultBytes;
  for (const { name, lines: size, bytes } of files.slice(0, resultLines)) {
    const line = `${name}: ${count(size, "line")}, ${count(bytes, "byte")}`;
    room -= line.length + 1;
    if (room < 0) break;
    lines.push(line);
  }
  const rest = lines.length < files.length ? `[cut: ${files.length - lines.length} more; LIST one folder]` : null;
  return { status: "ok", text: block(`${head} ${count(files.length, "file")}`, lines, rest) };
}

/** What a write did. `lines` is the file's size now, `slip` an existing file whose name is close to that of a new one. */
export function changeText(name: OpName, changed: Changed, lines: number, slip: string | null): string {
  const said = changed.created ? `created; ${did("added", changed.lines)}` : doneText(name, changed);
  const size = changed.delta?.change === "delete" ? "" : `; ${count(lines, "line")} now`;
  return `${said}${size}${changed.repeat ? " (already there)" : ""}${slip === null ? "" : ` (there is also ${slip})`}`;
}

function doneText(name: OpName, { delta, lines }: Changed): string {
  switch (delta?.change) {
    case undefined:
      return "unchanged";
    case "append":
      return did("added", lines);
    case "write":
      return "content replaced";
    case "delete":
      return "file removed";
    default:
      return did(name === "DELETE" ? "removed" : "replaced", lines);
  }
}

/** All result blocks of one reply, separated by blank lines. */
export function formatResults(outcomes: readonly OpOutcome[]): string {
  const blocks: string[] = [];
  let room = resultsRoom;
  let left = outcomes.filter((outcome) => outcome.text !== "");
  for (const { text } of left) {
    // The first one is within the store's own limits, whatever those are.
    const shown =
      text.length <= room || blocks.length === 0
        ? text
        : `${text.split("\n", 1)[0]}\n[cut: too much for one reply; ask for less at a time]`;
    if (shown.length > room && blocks.length > 0) break;
    blocks.push(shown);
    room -= shown.length + 2;
  }
  left = left.slice(blocks.length);
  if (left.length > 0) blocks.push(`[cut: ${count(left.length, "more result")}; give fewer ops in one reply]`);
  return blocks.join("\n\n");
}

function block(head: string, lines: readonly string[], rest: string | null): string {
  return [head, ...lines, ...(rest === null ? [] : [rest])].join("\n");
}

function plainLines(found: Excerpt): string[] {
  return found.lines.map((line) => line.text);
}

function linesOf(store: MemoryStore, file: string): number {
  const listed = store.list(file);
  return listed.ok ? (listed.files[0]?.lines ?? 0) : 0;
}

function did(verb: string, lines: number): string {
  return `${verb} ${count(lines, "line")}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
