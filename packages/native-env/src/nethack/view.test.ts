import type { CellStyle } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { frameOf, nethackView } from "./view.ts";

const size = 80 * 24;

/** The style of the cell at column 3 of row 2; the cursor is elsewhere. */
function shown(code: number, colour: number): CellStyle | undefined {
  const tty_chars = new Uint8Array(size).fill(32);
  const tty_colors = new Int8Array(size);
  tty_chars[2 * 80 + 3] = code;
  tty_colors[2 * 80 + 3] = colour;
  const frame = frameOf({ tty_chars, tty_colors, tty_cursor: new Uint8Array([5, 5]) }, []);
  return nethackView.styles[frame.cells[2 * 80 + 3] ?? -1];
}

describe("the style table", () => {
  test("has every sign in every colour", () => {
    for (let code = 33; code < 127; code++) {
      const styles = Array.from({ length: 15 }, (_, index) => shown(code, index + 1));
      expect(new Set(styles.map((style) => style?.foreground)).size).toBe(15);
      expect(new Set(styles.map((style) => style?.glyph))).toEqual(new Set([String.fromCharCode(code)]));
    }
  });

  test("shows blanks alike whatever their colour, and reverse ones as bars", () => {
    expect(shown(32, 0)).toBe(nethackView.styles[0]);
    expect(shown(32, 7)).toBe(nethackView.styles[0]);
    expect(shown(32, 16)?.background).toBe(shown(65, 7)?.foreground);
  });

  test("swaps colours in reverse", () => {
    const [normal, reverse] = [shown(65, 7), shown(65, 23)];
    expect(reverse).toMatchObject({
      glyph: "A",
      foreground: normal?.background,
      background: normal?.foreground,
    });
  });

  test("has something for whatever a screen can hold", () => {
    for (let code = 0; code < 256; code++)
      for (let colour = 0; colour < 32; colour++) expect(shown(code, colour)?.glyph).toMatch(/^[ -~]$/);
  });
});

test("the cursor is in reverse, off the screen it is not shown", () => {
  const screen = { tty_chars: new Uint8Array(size).fill(64), tty_colors: new Int8Array(size).fill(15) };
  const at = (row: number, column: number) => frameOf({ ...screen, tty_cursor: new Uint8Array([row, column]) }, []);
  const { cells } = at(1, 4);
  expect(nethackView.styles[cells[84] ?? -1]?.label).toBe("reverse");
  expect(cells.filter((cell) => cell !== cells[0])).toHaveLength(1);
  expect(new Set(at(24, 0).cells).size).toBe(1);
});
