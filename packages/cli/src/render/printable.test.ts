import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clip, printable, printableLine } from "./printable.ts";

const esc = "\u001b";

describe("printable", () => {
  test.each([
    ["colour", `${esc}[31mred${esc}[0m`, "red"],
    ["cursor and screen", `a${esc}[2J${esc}[Hb`, "ab"],
    ["window title", `${esc}]0;owned\u0007after`, "after"],
    ["hyperlink", `${esc}]8;;http://x${esc}\\link${esc}]8;;${esc}\\`, "link"],
    ["device control string", `${esc}Pq#0${esc}\\x`, "x"],
    ["8-bit CSI", "\u009b31mred", "red"],
    ["a sequence without an end", `a${esc}]0;never`, "a"],
    ["carriage return that overwrites", "shown\rhidden", "shown\nhidden"],
    ["backspaces", "abc\b\b\bxyz", "abcxyz"],
    ["text written backwards", "\u202egnp.exe\u202c", "gnp.exe"],
    ["lone surrogate", "a\ud800b", "ab"],
    ["line breaks and tabs stay", "a\n\tb", "a\n\tb"],
    ["other scripts stay", "Mühle 水 🪨", "Mühle 水 🪨"],
  ])("%s", (_name, given, shown) => expect(printable(given)).toBe(shown));

  test("nothing it lets through steers a terminal", () => {
    const hostile = fc.string({
      unit: fc.constantFrom(esc, "[", "]", "\u0007", "\u009b", "1", ";", "m", "\r", "a", "\n"),
    });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), (text) => {
        expect(printable(text).replace(/[\n\t]/g, "")).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
        expect(printableLine(text)).not.toContain("\n");
      }),
    );
  });
});

test("clip never shows more columns than asked for, and whole characters only", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat(30), (text, columns) => {
      const line = printableLine(text);
      expect(Bun.stringWidth(clip(line, columns))).toBeLessThanOrEqual(columns);
      if (Bun.stringWidth(line) <= columns) expect(clip(line, columns)).toBe(line);
    }),
  );
  expect(clip("水水水", 4)).toBe("水…");
});
