import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchLines } from "./search-bytes.ts";
import type { Query } from "./store.ts";
import { encode } from "./text.ts";

function found(text: string, query: Query): string[] {
  const bytes = encode(text);
  const lines: string[] = [];
  matchLines(bytes, query, (start, end) =>
    lines.push(`${start}:${Buffer.from(bytes.subarray(start, end)).toString()}`),
  );
  return lines;
}

/** The same by splitting and comparing strings. */
function expected(text: string, query: Query): string[] {
  const folded = (value: string) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const lines: string[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const matches = query.some((all) => all.every((keyword) => folded(line).includes(folded(keyword))));
    if (matches) lines.push(`${start}:${line}`);
    start += encode(line).length + 1;
  }
  return lines;
}

describe("matchLines", () => {
  test("finds keywords in either case, at the rims of lines, without a last line break", () => {
    expect(found("Cow\nxcowx\ncoW", [["cow"]])).toEqual(["0:Cow", "4:xcowx", "10:coW"]);
    expect(found("", [["cow"]])).toEqual([]);
    expect(found("co\nw", [["cow"]])).toEqual([]);
  });

  test("AND wants all keywords in one line, OR any of them; a line counts once", () => {
    const text = "water\nwater west\nwest\ncow west water cow\n";
    expect(found(text, [["cow"], ["water", "west"]])).toEqual(["6:water west", "22:cow west water cow"]);
    expect(found(text, [["west", "cow"], ["cow"]])).toEqual(["22:cow west water cow"]);
  });

  test("folds ASCII letters only: no byte of another character matches a letter", () => {
    expect(found("é É @ ` [ {", [["É"]])).toEqual(["0:é É @ ` [ {"]);
    expect(found("é ` {", [["É"]])).toEqual([]);
    expect(found("`", [["@"]])).toEqual([]);
    expect(found("{", [["["]])).toEqual([]);
    expect(found("\u212a", [["k"]])).toEqual([]);
  });

  test("agrees with plain string search", () => {
    const letter = fc.constantFrom("a", "A", "b", "B", "\n", " ", "é", "@");
    const text = fc.array(letter, { maxLength: 60 }).map((all) => all.join(""));
    const keyword = fc
      .array(fc.constantFrom("a", "A", "b", " ", "é"), { minLength: 1, maxLength: 4 })
      .map((all) => all.join(""));
    const query = fc.array(fc.array(keyword, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(text, query, (content, wanted) => {
        expect(found(content, wanted)).toEqual(expected(content, wanted));
      }),
      { numRuns: 500 },
    );
  });
});
