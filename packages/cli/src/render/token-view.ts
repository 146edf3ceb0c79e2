import type { TokenTexts } from "@metamem/core";
import type { Painter } from "./colours.ts";
import { printable } from "./printable.ts";

/** A token, or several that only together are whole characters. */
export interface ShownToken {
  readonly text: string;
  /** Tokens it is made of. */
  readonly tokens: number;
  /** A special token of the model, not text. */
  readonly added: boolean;
}

/** Tokens as they can be shown: those that end within a character are joined with the ones that complete it. */
export function shownTokens(ids: Uint32Array, texts: TokenTexts): ShownToken[] {
  const shown: ShownToken[] = [];
  let open: number[] = [];
  let tokens = 0;
  for (const [index, id] of ids.entries()) {
    open.push(...texts.bytes(id));
    tokens += 1;
    const text = decoded(open);
    // A character has four bytes at most; what is no character by then never becomes one.
    if (text === null && tokens < 4 && index < ids.length - 1) continue;
    shown.push({ text: text ?? Buffer.from(open).toString(), tokens, added: texts.isAdded(id) });
    open = [];
    tokens = 0;
  }
  return shown;
}

/** Two quiet backgrounds that alternate, one for characters of several tokens, one for special tokens. */
const backgrounds = [0x2d3f5e, 0x4a3355] as const;
const sharedBackground = 0x6b4a1f;
const addedBackground = 0x1f5a4a;
const foreground = 0xe8e8e8;

/** Line by line; without colours a bar stands before each token but the first of a line. */
export function tokenLines(tokens: readonly ShownToken[], painter: Painter): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, { text, tokens: count, added }] of tokens.entries()) {
    const background = added ? addedBackground : count > 1 ? sharedBackground : (backgrounds[index % 2] ?? 0);
    const pieces = visible(text).split("\n");
    for (const [at, piece] of pieces.entries()) {
      const last = at === pieces.length - 1;
      // The line feed belongs to the token: a sign for it carries the token's colour.
      const cell = last ? piece : `${piece}⏎`;
      const bar = painter.depth === "none" && line !== "" && at === 0 ? "|" : "";
      line += cell === "" ? "" : `${bar}${painter.cell(cell, foreground, background)}`;
      if (last) continue;
      lines.push(line);
      line = "";
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Tabs and carriage returns as signs; what could steer the terminal is gone, as everywhere. */
function visible(text: string): string {
  return printable(text.replaceAll("\r", "␍").replaceAll("\t", "→\u00a0"));
}

function decoded(bytes: readonly number[]): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
