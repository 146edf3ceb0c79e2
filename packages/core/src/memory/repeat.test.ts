import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineSet, normalizeLine, normalizeText } from "./repeat.ts";
import { encode } from "./text.ts";

describe("normalizeLine", () => {
  test.each([
    ["  A\t Cow  ", "a cow"],
    ["step 12: a cow", "a cow"],
    ["STEP 3 (log):a cow", "a cow"],
    ["step 3 without colon", "step 3 without colon"],
    ["step by step: slow", "step by step: slow"],
    ["a step 3: x", "a step 3: x"],
    ["step 5:", ""],
    ["\u00a0ÉTANG\u00a0\u00a0là ", "étang là"],
    ["STEP 4: \u212a", "k"],
    ["", ""],
  ])("%j -> %j", (line, normal) => {
    expect(normalizeLine(line)).toBe(normal);
  });

  test("never throws, and leaves no blanks at the rims", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (line) => {
        const normal = normalizeLine(line.replaceAll("\n", " "));
        expect(normal).toBe(normal.trim());
      }),
    );
  });

  test("a text is its non-blank lines", () => {
    expect(normalizeText("A\n\n  \nstep 2: B\nstep 3:\n")).toBe("a\nb");
  });
});

describe("LineSet", () => {
  test("holds exactly the normalised lines it was given", () => {
    const line = fc.constantFrom("cow", "Cow ", "lake", "step 1: lake", "étang", "É", "", " ", "tree");
    const lines = fc.array(line, { maxLength: 6 });
    fc.assert(
      fc.property(lines, lines, lines, (first, second, asked) => {
        const set = new LineSet();
        for (const added of [first, second]) set.add(encode(`${added.join("\n")}\n`));
        const known = new Set([...first, ...second].map(normalizeLine));
        const all = asked.map(normalizeLine).every((each) => each === "" || known.has(each));
        expect(set.hasAll(encode(asked.join("\n")))).toBe(all);
      }),
    );
  });

  test("a hundred thousand different lines stay different", () => {
    const text = (prefix: string) => Array.from({ length: 100_000 }, (_value, index) => `${prefix}${index}`).join("\n");
    const set = new LineSet();
    set.add(encode(text("cow at ")));
    expect(set.hasAll(encode(text("cow at ")))).toBe(true);
    const strangers = text("lake at ").split("\n");
    expect(strangers.filter((line) => set.hasAll(encode(line)))).toEqual([]);
  });
});
