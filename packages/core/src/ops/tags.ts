import { nearest } from "../memory/nearest.ts";
import { findOp, type OpSpec, opTable } from "./vocabulary.ts";

/** The tokenizer: everything in a text that is a tag of the op language, tolerated variants included (docs/ops.md). */

export interface Tag {
  /** `open` starts a known op, `close` is its XML-like end, `end` is END, `unknown` looks like an op of ours but is none. */
  readonly kind: "open" | "close" | "end" | "unknown";
  /** In capitals. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const names = opTable.map((op) => op.name);

/** Bounded everywhere, so that no text makes it look twice at more than a tag's length. */
const tagShape = /<(\|?)[ \t]{0,8}(\/?)([A-Za-z][A-Za-z0-9_]{0,31})[ \t]{0,8}(\|?)([>}])/g;

/** Tags in textual order. */
export function* scanTags(text: string): Generator<Tag> {
  for (const match of text.matchAll(tagShape)) {
    const [shape, before = "", slash = "", word = "", after = "", closer = ""] = match;
    const name = word.toUpperCase();
    const kind = kindOf(word, slash === "/", before !== "" && after !== "");
    if (kind === null || (closer === "}" && kind !== "end")) continue;
    yield { kind, name, start: match.index, end: match.index + shape.length };
  }
}

/** Whether a text holds anything the tokenizer reads as a tag. Such texts are never stored (spec automem I-02). */
export function containsTag(text: string): boolean {
  return scanTags(text).next().done === false;
}

function kindOf(word: string, slash: boolean, bothPipes: boolean): Tag["kind"] | null {
  const name = word.toUpperCase();
  if (name === "END") return "end";
  if (findOp(name) !== undefined) return slash ? "close" : "open";
  return !slash && bothPipes && (name === word || nearestOp(name) !== undefined) ? "unknown" : null;
}

/** The op a mistaken name may have meant. */
export function nearestOp(name: string): OpSpec | undefined {
  return findOp(nearest(name, names) ?? "");
}
