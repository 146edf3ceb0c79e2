import type { Query } from "@metamem/core";

/**
 * What a memory store does to its files, written down once more on plain strings: slow, without limits, and obviously right. The conformance
 * suite compares every store with it.
 */

const tag =
  /<\|?[ \t]{0,8}\/?(READ|SEARCH|LIST|TAIL|COUNT|APPEND|WRITE|CREATE|REPLACE|DELETE|UPSERT|DONE|ACTION|HANDOFF|END)[ \t]{0,8}\|?>/i;

export type Write =
  | { readonly op: "append" | "write" | "create"; readonly file: string; readonly text: string }
  | { readonly op: "replace"; readonly file: string; readonly old: string; readonly text: string }
  | { readonly op: "upsert"; readonly file: string; readonly key: string; readonly value: string }
  | { readonly op: "delete"; readonly file: string; readonly query?: Query };

const control = (letter: string) => /\p{Cc}/u.test(letter) && letter !== "\n" && letter !== "\t";
const breaks = (text: string) =>
  [...text.toWellFormed().replace(/\r\n?/g, "\n")].map((letter) => (control(letter) ? "\ufffd" : letter)).join("");
const stored = (text: string) => (breaks(text).trim() === "" ? "" : `${breaks(text).trimEnd()}\n`);
const lines = (text: string) => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));
const joined = (all: readonly string[]) => all.map((line) => `${line}\n`).join("");
const folded = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export class ReferenceMemory {
  readonly files = new Map<string, string>();

  /** Carries out a write with valid arguments; false when it must be refused. */
  write(write: Write): boolean {
    const old = this.files.get(write.file);
    if (old === undefined && this.clashes(write.file)) return false;
    const changed = this.changed(write, old);
    if (changed === "refused" || (changed !== null && tag.test(changed))) return false;
    if (changed === null) this.files.delete(write.file);
    else this.files.set(write.file, changed);
    return true;
  }

  /** `file:line` of every match, files in order. */
  matches(query: Query): string[] {
    const found: string[] = [];
    for (const [file, text] of [...this.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const [index, line] of lines(text).entries()) if (holds(line, query)) found.push(`${file}:${index + 1}`);
    }
    return found;
  }

  lines(file: string): string[] {
    return lines(this.files.get(file) ?? "");
  }

  private clashes(file: string): boolean {
    return [...this.files.keys()].some((other) => other.startsWith(`${file}/`) || file.startsWith(`${other}/`));
  }

  /** The content after the write, null for none. */
  private changed(write: Write, old: string | undefined): string | null | "refused" {
    switch (write.op) {
      case "append":
        return stored(write.text) === "" ? "refused" : (old ?? "") + stored(write.text);
      case "write":
        return stored(write.text);
      case "create":
        return old === undefined ? stored(write.text) : "refused";
      case "upsert":
        return upserted(old ?? "", write.key, breaks(write.value).trim());
      case "replace":
        return old === undefined ? "refused" : replaced(old, breaks(write.old), breaks(write.text));
      case "delete":
        return old === undefined ? "refused" : deleted(old, write.query);
    }
  }
}

function upserted(old: string, key: string, value: string): string | "refused" {
  if (value === "" || value.includes("\n")) return "refused";
  const line = `${key}: ${value}`;
  const ofKey = (other: string) => other === `${key}:` || other.startsWith(`${key}: `);
  const first = lines(old).findIndex(ofKey);
  if (first < 0) return `${old}${line}\n`;
  return joined(lines(old).flatMap((other, index) => (index === first ? [line] : ofKey(other) ? [] : [other])));
}

function replaced(old: string, wanted: string, text: string): string | "refused" {
  const at = wanted === "" ? -1 : old.indexOf(wanted);
  if (at < 0 || old.indexOf(wanted, at + 1) >= 0) return "refused";
  const result = old.slice(0, at) + text + old.slice(at + wanted.length);
  return result === "" || result.endsWith("\n") ? result : `${result}\n`;
}

function deleted(old: string, query: Query | undefined): string | null | "refused" {
  if (query === undefined) return null;
  const kept = lines(old).filter((line) => !holds(line, query));
  return kept.length === lines(old).length ? "refused" : joined(kept);
}

function holds(line: string, query: Query): boolean {
  return query.some((all) => all.every((keyword) => folded(line).includes(folded(keyword))));
}
