import { nearest } from "../memory/nearest.ts";
import type { Changed, MemoryDelta, MemoryStore, Refusal } from "../memory/store.ts";
import { parseCount, parseRange } from "./arguments.ts";
import type { OpAttempt, OpOutcome, ParsedOp } from "./op.ts";
import { parseQuery } from "./query.ts";
import * as results from "./results.ts";
import { findOp, type OpName, type OpSpec, opForm, type Phase } from "./vocabulary.ts";

/** What the moment of an op allows. */
export interface OpContext {
  readonly phase: Phase;
  /** Ops the scaffold allows in this phase. */
  readonly allowed: readonly OpName[];
  /** Files no op may change. */
  readonly readOnly?: ReadonlySet<string>;
}

export interface Executed {
  readonly outcome: OpOutcome;
  /** The change to record; null when nothing changed. */
  readonly delta: MemoryDelta | null;
}

/**
 * Carries out one attempt and says what became of it: every attempt has a result, malformed and denied ones too (spec automem I-03, I-13).
 * Only a failing disk throws. Control ops have no result of their own; their effect is the caller's.
 */
export function executeOp(store: MemoryStore, attempt: OpAttempt, context: OpContext): Executed {
  if (!attempt.ok) return failed("malformed", `[${attempt.name}] error: ${attempt.message}`);
  const op = findOp(attempt.name) as OpSpec;
  const header = results.header(attempt);
  if (!op.phases.includes(context.phase) || !context.allowed.includes(op.name)) {
    return failed(
      "denied",
      `${header} error: ${op.name} is not allowed in this phase; allowed: ${allowedText(context)}`,
    );
  }
  if (op.kind === "control") return { outcome: { status: "ok", text: "" }, delta: null };
  if (op.kind === "read") return { outcome: readOutcome(store, attempt, header), delta: null };
  const { file = "" } = attempt.args;
  if (context.readOnly?.has(file)) {
    const message = `${file} is read-only; note it in another file`;
    return { outcome: refusalOutcome({ ok: false, fault: "read_only", message }, op, header), delta: null };
  }
  return writeOp(store, attempt, op, header);
}

function readOutcome(store: MemoryStore, { name, args }: ParsedOp, header: string): OpOutcome {
  const { file = "", target = "*", folder = "*", keywords = "" } = args;
  const op = findOp(name) as OpSpec;
  switch (name) {
    case "READ": {
      const range = args.lines === undefined ? undefined : (parseRange(args.lines) ?? undefined);
      const found = store.read(file, range);
      return found.ok ? results.readResult(store, file, found, header) : refusalOutcome(found, op, header);
    }
    case "TAIL": {
      const found = store.tail(file, parseCount(args.count ?? "") ?? 0);
      return found.ok ? results.tailResult(store, file, found, header) : refusalOutcome(found, op, header);
    }
    case "SEARCH": {
      const found = store.search(target, parseQuery(keywords));
      return found.ok ? results.searchResult(found, header) : refusalOutcome(found, op, header);
    }
    case "COUNT": {
      const found = store.count(target, parseQuery(keywords));
      return found.ok ? results.countResult(found.matches, header) : refusalOutcome(found, op, header);
    }
    default: {
      const found = store.list(folder);
      return found.ok ? results.listResult(found.files, store.limits, header) : refusalOutcome(found, op, header);
    }
  }
}

function writeOp(store: MemoryStore, attempt: ParsedOp, op: OpSpec, header: string): Executed {
  const { file = "" } = attempt.args;
  const changed = change(store, attempt);
  if (!changed.ok) {
    const outcome = refusalOutcome(changed, op, header);
    // A CREATE of an existing file stores nothing new (spec automem §7.3).
    return { outcome: changed.fault === "exists" ? { ...outcome, repeat: true } : outcome, delta: null };
  }
  const listed = store.list();
  const files = listed.ok ? listed.files : [];
  // CREATE means a new file; the others may have missed an old one.
  const others = files.map(({ name }) => name).filter((name) => name !== file);
  const slip = changed.created && op.name !== "CREATE" ? nearest(file, others) : null;
  const lines = files.find(({ name }) => name === file)?.lines ?? 0;
  const text = `${header} ${results.changeText(op.name, changed, lines, slip)}`;
  return { outcome: { status: "ok", text, repeat: changed.repeat }, delta: changed.delta };
}

function change(store: MemoryStore, { name, args }: ParsedOp): Changed | Refusal {
  const { file = "", text = "", key = "", value = "", old = "", keywords } = args;
  switch (name) {
    case "APPEND":
      return store.append(file, text);
    case "WRITE":
      return store.write(file, text);
    case "CREATE":
      return store.create(file, text);
    case "REPLACE":
      return store.replace(file, old, args.new ?? "");
    case "UPSERT":
      return store.upsert(file, key, value);
    default:
      return keywords === undefined ? store.delete(file) : store.delete(file, parseQuery(keywords));
  }
}

function refusalOutcome({ fault, message }: Refusal, op: OpSpec, header: string): OpOutcome {
  const status = fault === "not_found" || fault === "over_limit" ? fault : "refused";
  return { status, text: `${header} error: ${message}. Form: ${opForm(op)}` };
}

function failed(status: "malformed" | "denied", text: string): Executed {
  return { outcome: { status, text }, delta: null };
}

function allowedText({ phase, allowed }: OpContext): string {
  return allowed.filter((name) => findOp(name)?.phases.includes(phase)).join(", ") || "none";
}
