import { keyProblem } from "../memory/keys.ts";
import { queryProblem } from "../memory/search-bytes.ts";
import { cleanText, shown } from "../memory/text.ts";
import { parseQuery } from "./query.ts";
import type { ArgumentForm, ArgumentSpec, OpSpec } from "./vocabulary.ts";

export type Arguments =
  | { readonly ok: true; readonly args: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly reason: "missing_argument" | "bad_argument"; readonly problem: string };

/** The arguments of an op from its body. What cannot be told without the memory (names, places) is left to the store. */
export function readArguments(op: OpSpec, body: string): Arguments {
  const raw = splitBody(body, op.arguments.length);
  const args: Record<string, string> = {};
  for (const [index, spec] of op.arguments.entries()) {
    const given = raw[index];
    if (given === undefined && spec.optional) continue;
    const value = trimmed(spec.form, given ?? "");
    // An optional first argument has no `|` to announce it.
    if (spec.optional && index === 0 && value === "") continue;
    if (given === undefined || (value.trim() === "" && !spec.blank)) {
      return { ok: false, reason: "missing_argument", problem: `no ${spec.name} given` };
    }
    const problem = formProblem(spec, value);
    if (problem !== null) return { ok: false, reason: "bad_argument", problem };
    args[spec.name] = value;
  }
  return { ok: true, args };
}

/** `12`, `3-9` or `80-` as lines; null when it is no range. */
export function parseRange(text: string): { from: number; to: number } | null {
  const match = /^(\d{1,9})[ \t]{0,8}(?:(-)[ \t]{0,8}(\d{1,9})?)?$/.exec(text);
  if (match === null) return null;
  const from = Number(match[1]);
  const to = match[3] !== undefined ? Number(match[3]) : match[2] !== undefined ? Number.MAX_SAFE_INTEGER : from;
  return from >= 1 && to >= from ? { from, to } : null;
}

/** A whole number of 1 or more; null when it is none. */
export function parseCount(text: string): number | null {
  return /^0{0,9}[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** Splits at the first unescaped pipes into at most `count` pieces; all but the last possible one are unescaped. */
function splitBody(body: string, count: number): string[] {
  const pieces: string[] = [];
  let rest = 0;
  for (let at = 0; pieces.length < count - 1 && at < body.length; at++) {
    const character = body[at];
    if (character === "\\") at++;
    else if (character === "|") {
      pieces.push(unescapeArgument(body.slice(rest, at)));
      rest = at + 1;
    }
  }
  const last = body.slice(rest);
  return [...pieces, pieces.length === count - 1 ? last : unescapeArgument(last)];
}

function unescapeArgument(text: string): string {
  return text.replace(/\\([\\|])/g, "$1");
}

export function escapeArgument(text: string): string {
  return text.replace(/[\\|]/g, "\\$&");
}

function trimmed(form: ArgumentForm, text: string): string {
  if (form === "text") return cleanText(text).replace(/^\n/, "").trimEnd();
  if (form === "quoted") return cleanText(text).replace(/^\n/, "").replace(/\n$/, "");
  return text.trim();
}

function formProblem({ name, form }: ArgumentSpec, value: string): string | null {
  switch (form) {
    case "number":
      return parseCount(value) === null ? `${name} ${shown(value)} is not a whole number of 1 or more` : null;
    case "range":
      return parseRange(value) === null ? `${name} ${shown(value)} is not a range like 12, 3-9 or 80-` : null;
    case "query":
      return queryProblem(parseQuery(value));
    case "key":
      return keyProblem(value);
    default:
      return null;
  }
}
