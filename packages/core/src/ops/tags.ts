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

/** Tags in textual order. `slips` remembers what the text's unknown names may have meant. */
export function* scanTags(text: string, slips = new Slips()): Generator<Tag> {
  for (const match of text.matchAll(tagShape)) {
    const [shape, before = "", slash = "", word = "", after = "", closer = ""] = match;
    const name = word.toUpperCase();
    const kind = kindOf(word, slash === "/", before !== "" && after !== "", slips);
    if (kind === null || (closer === "}" && kind !== "end")) continue;
    yield { kind, name, start: match.index, end: match.index + shape.length };
  }
}

/** Whether a text holds anything the tokenizer reads as a tag. Such texts are never stored (spec automem I-02). */
export function containsTag(text: string): boolean {
  return scanTags(text).next().done === false;
}

function kindOf(word: string, slash: boolean, bothPipes: boolean, slips: Slips): Tag["kind"] | null {
  const name = word.toUpperCase();
  if (name === "END") return "end";
  if (findOp(name) !== undefined) return slash ? "close" : "open";
  return !slash && bothPipes && (name === word || slips.nearest(name) !== undefined) ? "unknown" : null;
}

/** More names in one text are no slips, and looking for what they meant is the dearest part of reading a text. */
const maxSuggestions = 100;

/** The ops that the unknown names of one text may have meant, looked for once per name. */
export class Slips {
  private readonly found = new Map<string, OpSpec | undefined>();

  /** Names that were looked for so far. */
  get searches(): number {
    return this.found.size;
  }

  /** The op a mistaken name may have meant. */
  nearest(name: string): OpSpec | undefined {
    if (this.found.has(name)) return this.found.get(name);
    const op = findOp(nearest(name, names) ?? "");
    this.found.set(name, op);
    return op;
  }

  /** The same for a message to the model: none for a new name after the first hundred. */
  suggestion(name: string): OpSpec | undefined {
    return this.found.has(name) || this.searches < maxSuggestions ? this.nearest(name) : undefined;
  }
}
