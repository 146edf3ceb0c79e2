import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineIndex } from "./line-index.ts";
import { encode } from "./text.ts";

describe("LineIndex", () => {
  test("counts an open last line and knows that it is open", () => {
    expect(new LineIndex(encode(""))).toMatchObject({ lines: 0, endsOpen: false });
    expect(new LineIndex(encode("a\nb"))).toMatchObject({ lines: 2, endsOpen: true });
    expect(new LineIndex(encode("a\nb\n"))).toMatchObject({ lines: 2, endsOpen: false });
  });

  test("finds lines and offsets in files of several blocks, grown piece by piece", () => {
    const line = fc.nat(9000).map((length) => `${"x".repeat(length)}\n`);
    const pieces = fc.array(fc.array(line, { maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(pieces, fc.boolean(), (all, open) => {
        const text = all.flat().join("") + (open ? "end" : "");
        const index = new LineIndex(new Uint8Array(0));
        for (const piece of all) index.add(encode(piece.join("")));
        if (open) index.add(encode("end"));
        const view = encode(text);
        const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
        expect(index.lines).toBe(lines.length);
        let start = 0;
        const starts: number[] = [];
        for (const [number, content] of lines.entries()) {
          expect(index.startOf(view, number + 1)).toBe(start);
          expect(index.linesAt(view, [start, start + content.length])).toEqual([number + 1, number + 1]);
          starts.push(start);
          start += content.length + 1;
        }
        expect(index.linesAt(view, starts)).toEqual(lines.map((_line, number) => number + 1));
        expect(index.startOf(view, lines.length + 1)).toBe(view.length);
      }),
      { numRuns: 50 },
    );
  });
});
