import { UsageError } from "../errors.ts";
import { shown } from "../memory/text.ts";
import { escapeArgument, readArguments } from "./arguments.ts";
import type { MalformedOp, OpAttempt, ParsedOp } from "./op.ts";
import { Slips, scanTags, type Tag } from "./tags.ts";
import { findOp, type OpName, type OpSpec, opForm, opTable } from "./vocabulary.ts";

export interface ParseOptions {
  /** The reply ended at its output limit; an op left open says so. */
  readonly cut?: boolean;
}

/**
 * All op attempts of a reply in textual order, well-formed or not. One pass over the text, at a cost proportional to its length; never
 * throws. What stands outside of ops is ignored.
 */
export function parseOps(text: string, options: ParseOptions = {}): OpAttempt[] {
  const attempts: OpAttempt[] = [];
  const slips = new Slips();
  let open: Tag | null = null;
  for (const tag of scanTags(text, slips)) {
    if (tag.kind === "end" || tag.kind === "close") {
      // Without an open op an end means nothing: it may follow a bare op, or be a habit of the model.
      if (open === null || (tag.kind === "close" && tag.name !== open.name)) continue;
      attempts.push(closed(text, open, tag, slips));
      open = null;
      continue;
    }
    if (open !== null) attempts.push(unclosed(open, tag.start, `before ${text.slice(tag.start, tag.end)}`, slips));
    open = tag;
    if (findOp(tag.name)?.bare) {
      attempts.push({ ok: true, name: tag.name as OpName, args: {}, offset: tag.start, end: tag.end });
      open = null;
    }
  }
  if (open !== null) {
    const where = options.cut ? "before the reply was cut at its output limit" : "before the end of the reply";
    attempts.push(unclosed(open, text.length, where, slips));
  }
  return attempts;
}

/**
 * An op as text, such that `parseOps` gives back exactly these arguments. Throws a UsageError for arguments no body can carry: op tags,
 * missing or malformed ones, blanks the grammar would trim.
 */
export function renderOp(name: OpName, args: Readonly<Record<string, string>>): string {
  const op = findOp(name) as OpSpec;
  const given = op.arguments.map((spec) => args[spec.name]);
  while (given.length > 0 && given.at(-1) === undefined) given.pop();
  const body = given.map((value = "", index) => {
    const final = index === op.arguments.length - 1;
    return padded(op.arguments[index]?.form ?? "", final ? value : escapeArgument(value));
  });
  const rendered = op.bare ? `<|${name}|>` : `<|${name}|>${body.join("|")}<|END|>`;
  const [parsed, ...more] = parseOps(rendered);
  if (parsed === undefined || more.length > 0 || !parsed.ok || !sameArguments(parsed.args, args)) {
    throw new UsageError(
      "op_arguments",
      `these arguments of ${name} do not fit ${opForm(op)}: ${shown(JSON.stringify(args))}`,
    );
  }
  return rendered;
}

/** Line breaks at the rim of a text are eaten by the grammar, so those that belong to it need another one. */
function padded(form: string, value: string): string {
  if (form === "text") return value.includes("\n") ? `\n${value}\n` : value;
  if (form === "quoted") return /^\n|\n$/.test(value) ? `\n${value}\n` : value;
  return value;
}

function sameArguments(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(b);
  return names.length === Object.keys(a).length && names.every((name) => a[name] === b[name]);
}

function closed(text: string, open: Tag, end: Tag, slips: Slips): ParsedOp | MalformedOp {
  const op = findOp(open.name);
  if (op === undefined) return unknownOp(open, end.end, slips);
  const read = readArguments(op, text.slice(open.end, end.start));
  const place = { offset: open.start, end: end.end };
  if (read.ok) return { ok: true, name: op.name, args: read.args, ...place };
  return { ok: false, name: op.name, reason: read.reason, message: `${read.problem}. Form: ${opForm(op)}`, ...place };
}

function unclosed(open: Tag, end: number, where: string, slips: Slips): MalformedOp {
  const op = findOp(open.name);
  if (op === undefined) return unknownOp(open, open.end, slips);
  const message = `no <|END|> ${where}, so nothing was done. Form: ${opForm(op)}`;
  return { ok: false, name: op.name, reason: "unclosed", message, offset: open.start, end };
}

function unknownOp(open: Tag, end: number, slips: Slips): MalformedOp {
  const near = slips.suggestion(open.name);
  const advice =
    near === undefined
      ? `ops are ${opTable.map((op) => op.name).join(", ")}`
      : `nearest is ${near.name}. Form: ${opForm(near)}`;
  const message = `there is no op ${open.name}; ${advice}`;
  return { ok: false, name: open.name, reason: "unknown_op", message, offset: open.start, end };
}
