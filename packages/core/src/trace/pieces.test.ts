import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRng } from "../rng.ts";
import { pieceEnds, wholeBytes } from "./pieces.ts";

function piecesOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const ends = [...pieceEnds(bytes)];
  return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

function notes(lines: number, seed = 1): string[] {
  const random = createRng(seed);
  return Array.from({ length: lines }, (_none, at) => `step ${at}: ${random.uint32()} ${"x".repeat(random.int(90))}\n`);
}

/** Bytes of pieces that the other text does not have. */
function newBytes(before: string, after: string): number {
  const known = new Set(piecesOf(before).map((piece) => piece.toString()));
  return piecesOf(after).reduce((sum, piece) => sum + (known.has(piece.toString()) ? 0 : piece.length), 0);
}

describe("pieces", () => {
  test("joined are the text; each is valid UTF-8 of at most 4 KiB and, but for the last, at least 1 KiB", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "ü", "€", "😀", "\n", " "), maxLength: 400 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const text = lines.join("");
        const pieces = piecesOf(text);
        expect(Buffer.concat(pieces).toString()).toBe(text);
        for (const [at, piece] of pieces.entries()) {
          expect(piece.length).toBeLessThanOrEqual(wholeBytes);
          if (at < pieces.length - 1) expect(piece.length).toBeGreaterThanOrEqual(1024);
          expect(Buffer.from(piece.toString()).equals(piece)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("of a long text are few", () => {
    const text = notes(5000).join("");
    expect(text.length / piecesOf(text).length).toBeGreaterThan(1500);
  });

  test("are shared by a text that grew, lost its head, or changed in one place", () => {
    const lines = notes(3000);
    const text = lines.join("");
    const grown = `${text}one more line\n`;
    const pruned = lines.slice(17).join("");
    const edited = lines.map((line, at) => (at === 1500 ? "step 1500: something else\n" : line)).join("");
    for (const changed of [grown, pruned, edited]) expect(newBytes(text, changed)).toBeLessThan(4 * wholeBytes);
    expect(newBytes(text, notes(3000, 2).join(""))).toBeGreaterThan(text.length * 0.9);
  });

  test("of text without line breaks are as long as allowed", () => {
    expect(piecesOf("x".repeat(10_000)).map((piece) => piece.length)).toEqual([4096, 4096, 1808]);
    expect(piecesOf("€".repeat(3000)).map((piece) => piece.length)).toEqual([4095, 4095, 810]);
    expect(piecesOf("")).toEqual([]);
  });
});
