/** How model text becomes stored text, and how untrusted text is quoted in messages. */

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function encode(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of whole bytes; throws a TypeError on bytes that are not UTF-8. */
export function decode(bytes: Uint8Array): string {
  return strictDecoder.decode(bytes);
}

/** Bytes `start`…`end` as text. The range must not split a character. */
export function sliceText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
}

/** C0 but tab and line feed, DEL, and C1: they steer terminals and say nothing. Carriage returns are line breaks by then. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what this is about
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Well-formed Unicode with line feeds as its only line breaks and U+FFFD for every other control character. Replaced rather than
 * dropped, so that what stood apart does not grow together, into an op tag for one.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(controls, "\ufffd");
}

/** The stored form of a text: lines that each end in one line break, without blanks at the very end; empty when nothing is left. */
export function storedText(text: string): string {
  const kept = cleanText(text).trimEnd();
  return kept === "" ? "" : `${kept}\n`;
}

/** Lines of a stored text. */
export function lineCount(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return text === "" || text.endsWith("\n") ? lines : lines + 1;
}

/** Untrusted text in a one-line message: quoted, control characters escaped, cut to about 60 characters. */
export function shown(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 57).toWellFormed()}...` : text;
  return JSON.stringify(cut);
}
