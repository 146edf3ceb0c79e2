/**
 * The byte-level alphabet: every byte as one printable character, so that a vocabulary of bytes can be written as JSON text. Printable
 * Latin-1 characters stand for themselves, the 68 others for U+0100 upwards in order.
 */

const printableRanges = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
] as const;

/** Character of each byte. */
export const characterOfByte: readonly string[] = alphabet();

const byteOfCharacter = new Map(characterOfByte.map((character, byte) => [character, byte]));

/** Bytes as a text of the alphabet. */
export function alphabetText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => characterOfByte[byte]).join("");
}

/** The bytes that an alphabet text stands for; null when it holds a character outside the alphabet. */
export function bytesOf(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = byteOfCharacter.get(text.charAt(i));
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}

function alphabet(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = printableRanges.some(([first, last]) => byte >= first && byte <= last);
    return String.fromCharCode(printable ? byte : next++);
  });
}
