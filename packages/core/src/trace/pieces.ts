/** Texts up to this size are stored whole; longer ones in pieces of at most this size. */
export const wholeBytes = 4096;
const minPiece = 1024;

/**
 * Cuts UTF-8 bytes into pieces of 1 to 4 KiB and yields the end of each. Cuts fall behind lines chosen by the line's own content (one
 * in 16), so an edit moves only the cuts beside it and the other pieces of the old and the new text are equal.
 *
 * The cuts are part of no contract: a reader joins whatever pieces it finds.
 */
export function* pieceEnds(bytes: Uint8Array): Generator<number> {
  let start = 0;
  let lineHash = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    // FNV-1a of the current line; its upper bits decide, because the lower ones follow the last letters too closely.
    lineHash = Math.imul(lineHash ^ byte, 16777619);
    const size = at + 1 - start;
    const endsLine = byte === 10;
    if (size >= wholeBytes || (endsLine && size >= minPiece && lineHash >>> 28 === 0)) {
      const end = size >= wholeBytes ? characterStart(bytes, at + 1) : at + 1;
      yield end;
      start = end;
      at = end - 1;
      lineHash = 0;
    } else if (endsLine) lineHash = 0;
  }
  if (start < bytes.length) yield bytes.length;
}

/** The start of the character that `at` stands in, so that every piece is valid UTF-8. */
function characterStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}
