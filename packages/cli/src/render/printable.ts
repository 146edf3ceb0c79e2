/**
 * Text from outside (models, traces, servers) as it may reach a terminal. Escape sequences could move the cursor, change the title or
 * rewrite what was printed before; so could the characters that reverse the direction of writing.
 */

/** Spelt out, because control characters in a pattern are invisible. */
const esc = String.raw`\u001b`;
const stringStart = String.raw`(?:${esc}[\]PX^_]|[\u0090\u0098\u009d-\u009f])`;
const stringEnd = String.raw`(?:\u0007|${esc}\\|\u009c)?`;

/** CSI sequences, OSC/DCS/APC/PM/SOS strings with their ends, and escapes of two characters. */
const escapeSequence = new RegExp(
  String.raw`(?:${esc}\[|\u009b)[0-?]*[ -/]*[@-~]|${stringStart}[^\u0007\u001b\u009c]*${stringEnd}|${esc}[ -/]*[0-~]?`,
  "g",
);

/** Control characters but line break and tab, characters that reorder text, and lone surrogates. */
const unprintable = /(?![\n\t])[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The text with line breaks and tabs kept, escape sequences gone, and anything else unprintable gone. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(escapeSequence, "").replace(unprintable, "");
}

/** The same on one line: white space of any kind becomes single blanks. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}

/** Cut to a number of terminal columns, with an ellipsis when something is gone. The text must hold no escape sequences. */
export function clip(text: string, columns: number): string {
  if (Bun.stringWidth(text) <= columns) return text;
  if (columns <= 0) return "";
  let width = 0;
  let kept = "";
  for (const { segment } of segmenter.segment(text)) {
    width += Bun.stringWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

const segmenter = new Intl.Segmenter();
