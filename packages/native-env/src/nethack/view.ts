import type { CellStyle, Colour, Frame, Gauge, ViewSpec } from "@metamem/core";
import type { RawArrays } from "./raw-arrays.ts";

const width = 80;
const height = 24;
const blankCode = 0x20;
const lastCode = 0x7e;
/** Printable characters but the blank. */
const signs = lastCode - blankCode;

const plainColour: Colour = 0xc0c0c0;

/** The terminal's sixteen colours; 0 is that of blank cells, 7 that of plain text. */
const colours: readonly (readonly [name: string, colour: Colour])[] = [
  ["black", 0x000000],
  ["red", 0xcd5c4f],
  ["green", 0x5faf5f],
  ["brown", 0xb58a3f],
  ["blue", 0x5c7fe0],
  ["magenta", 0xb56fc0],
  ["cyan", 0x4fb0b0],
  ["grey", plainColour],
  ["dark grey", 0x808080],
  ["orange", 0xff8f4f],
  ["bright green", 0x8fef6f],
  ["yellow", 0xf5e663],
  ["bright blue", 0x8fb0ff],
  ["bright magenta", 0xf090f5],
  ["bright cyan", 0x80f0f0],
  ["white", 0xffffff],
];
const background: Colour = 0x101014;
const plain = 7;
const reverseBit = 16;

/**
 * Styles: the blank; each sign in each colour but black; everything in reverse, for headings of menus and for the cursor. The game shows reverse signs in
 * the plain colour only.
 */
const firstReverse = 1 + signs * (colours.length - 1);

function style(code: number, [name, foreground]: readonly [string, Colour]): CellStyle {
  return { glyph: String.fromCharCode(code), foreground, background, label: name };
}

function reversed(code: number): CellStyle {
  return { glyph: String.fromCharCode(code), foreground: background, background: plainColour, label: "reverse" };
}

const signCodes = Array.from({ length: signs }, (_, index) => blankCode + 1 + index);

export const nethackView: ViewSpec = {
  styles: [
    // Plain text's colour, so that words and the gaps between them are painted in one go.
    { glyph: " ", foreground: plainColour, background, label: "blank" },
    ...colours.slice(1).flatMap((colour) => signCodes.map((code) => style(code, colour))),
    ...[blankCode, ...signCodes].map(reversed),
  ],
  columnsPerCell: 1,
};

/** Index of a cell's style. What is not printable shows as `?`, black signs as plain ones. */
function styleOf(code: number, colour: number): number {
  const shown = code === 0 ? blankCode : code < blankCode || code > lastCode ? 0x3f : code;
  if ((colour & reverseBit) !== 0) return firstReverse + shown - blankCode;
  if (shown === blankCode) return 0;
  return 1 + ((colour & 15 || plain) - 1) * signs + shown - blankCode - 1;
}

const [mapWidth, mapHeight] = [79, 21];

/** A map of 21 rows of 79 cells, by their characters and colours. */
export function mapFrame(chars: Uint8Array, colours: Uint8Array): Frame {
  const cells = Uint16Array.from(chars, (code, index) => styleOf(code, colours[index] ?? 0));
  return { width: mapWidth, height: mapHeight, cells, gauges: [] };
}

export type Screen = Pick<RawArrays, "tty_chars" | "tty_colors" | "tty_cursor">;

/** The terminal screen, the cursor in reverse. */
export function frameOf({ tty_chars, tty_colors, tty_cursor }: Screen, gauges: readonly Gauge[]): Frame {
  const cells = new Uint16Array(width * height);
  for (let index = 0; index < cells.length; index++) {
    cells[index] = styleOf(tty_chars[index] ?? blankCode, tty_colors[index] ?? 0);
  }
  const [row = 0, column = 0] = tty_cursor;
  const cursor = row * width + column;
  if (row < height && column < width) cells[cursor] = styleOf(tty_chars[cursor] ?? blankCode, reverseBit);
  return { width, height, cells, gauges };
}
