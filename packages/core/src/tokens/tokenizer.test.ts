import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactCounter, tokenizerPath } from "./load-tokenizer.ts";
import { Tokenizer } from "./tokenizer.ts";

const qwen = JSON.parse(readFileSync(tokenizerPath("qwen2.5"), "utf8"));
const bytes = Object.entries(qwen.model.vocab as Record<string, number>).filter(([, id]) => id < 256);

/** A tokenizer of bytes and a few merges, with what a test changes. */
function tiny({ model, ...changes }: { readonly model?: object; readonly [field: string]: object | undefined } = {}) {
  const own = {
    type: "BPE",
    vocab: { ...Object.fromEntries(bytes), ab: 256, bc: 257, abc: 258, aa: 259 },
    merges: ["b c", "a b", ["a", "bc"], "a a"],
  };
  return { ...qwen, ...changes, model: { ...own, ...model } };
}

describe("merging", () => {
  const tokenizer = new Tokenizer(tiny(), "tiny");

  test("the lowest rank first, the leftmost of equals", () => {
    expect([...tokenizer.ids("abc")]).toEqual([258]);
    expect([...tokenizer.ids("aaa")]).toEqual([259, tokenizer.ids("a")[0]]);
  });

  test("both roads make the same tokens of any word", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 70 }), async (word) => {
        const graph = new Tokenizer(tiny(), "tiny");
        await graph.prepare([word]);
        expect([...graph.ids(word)]).toEqual([...tokenizer.ids(word)]);
      }),
      { numRuns: 10 },
    );
  });
});

describe("counting piece by piece and line by line", () => {
  const text = fc.string({
    unit: fc.constantFrom(
      "a",
      "word",
      " ",
      "\n",
      "\r\n",
      "\t",
      ".",
      "-",
      "7",
      "é",
      "e\u0301",
      "你",
      "👋🏽",
      "<|im_end|>",
      "<|",
    ),
  });

  test("a text has the tokens of its lines, in whatever order they were met", async () => {
    const { tokenizer } = await exactCounter("qwen2.5");
    fc.assert(
      fc.property(text, text, (first, second) => {
        const cold = tokenizer.count(`${first}\n${second}`);
        tokenizer.count(second);
        tokenizer.count(`${first}\n`);
        expect(tokenizer.count(`${first}\n${second}`)).toBe(cold);
        const joined = `${first}\nx${second}`;
        expect(tokenizer.count(joined)).toBe(tokenizer.count(`${first}\n`) + tokenizer.count(`x${second}`));
      }),
    );
  });

  test("a known text costs no merging", async () => {
    const { tokenizer } = await exactCounter("qwen2.5");
    const words = "Untold zyxwvut qponmlk of jihgfed words\nand more wvutsrq words";
    await tokenizer.prepare([words]);
    const before = { ...tokenizer.work };
    tokenizer.count(words);
    await tokenizer.prepare([words]);
    expect(tokenizer.work).toEqual(before);
  });

  test("prepared together, merged in one call", async () => {
    const { tokenizer } = await exactCounter("qwen2.5");
    const before = tokenizer.work.graphCalls;
    await Promise.all(
      ["blorptastic one", "quuxinating two", "frobnicatory three"].map((one) => tokenizer.prepare([one])),
    );
    expect(tokenizer.work.graphCalls).toBe(before + 1);
  });

  test("an unpaired surrogate counts as the replacement character", async () => {
    const { tokenizer } = await exactCounter("qwen2.5");
    expect(tokenizer.ids("a\ud800b")).toEqual(tokenizer.ids("a\ufffdb"));
  });

  test("a very long word is counted in reasonable time", async () => {
    const { tokenizer } = await exactCounter("qwen2.5");
    const word = "abcdefgh".repeat(20_000);
    await tokenizer.prepare([word]);
    expect(tokenizer.count(word)).toBeGreaterThan(10_000);
  });
});

test("tokens have their bytes, added ones their text", async () => {
  const { tokenizer } = await exactCounter("qwen2.5");
  const text = "<|im_start|>Ёлка 你好 👋🏽\n";
  const bytes = [...tokenizer.ids(text)].map((id) => tokenizer.texts.bytes(id));
  expect(Buffer.concat(bytes).toString()).toBe(text);
  expect(tokenizer.texts.isAdded(151644)).toBe(true);
  expect(tokenizer.texts.bytes(999_999)).toHaveLength(0);
});

describe("what is not understood is refused by name", () => {
  const regex = (pattern: string) => ({
    type: "Sequence",
    pretokenizers: [
      { type: "Split", pattern: { Regex: pattern }, behavior: "Isolated" },
      { type: "ByteLevel", add_prefix_space: false, use_regex: false },
    ],
  });
  const cases: readonly (readonly [what: string, changes: Parameters<typeof tiny>[0], said: RegExp])[] = [
    ["another model", { model: { type: "WordPiece" } }, /model/],
    ["dropout", { model: { dropout: 0.1 } }, /model\.dropout/],
    ["byte fallback", { model: { byte_fallback: true } }, /model\.byte_fallback/],
    ["a merge of unknown parts", { model: { merges: ["x y"] } }, /model\.merges\.0/],
    ["another normaliser", { normalizer: { type: "Lowercase" } }, /normalizer/],
    ["no byte level", { pre_tokenizer: { type: "Digits" } }, /pre_tokenizer.*ByteLevel/],
    ["an unknown escape", { pre_tokenizer: regex("\\bfoo") }, /has \\b/],
    ["an anchor", { pre_tokenizer: regex("^foo") }, /anchor/],
    ["a possessive quantifier", { pre_tokenizer: regex("a++") }, /does not read here/],
  ];
  test.each(cases)("%s", (_what, changes, said) => {
    expect(() => new Tokenizer(tiny(changes), "odd.json")).toThrow(said);
    expect(() => new Tokenizer(tiny(changes), "odd.json")).toThrow(/^odd\.json is no byte-level BPE tokenizer/);
  });
});

test("this runtime's Unicode tables are those that were compared with the reference's", () => {
  let unassigned = 0;
  for (let code = 0; code < 0x110000; code++) if (/^\p{Cn}$/u.test(String.fromCodePoint(code))) unassigned++;
  // Another number: record unicode-age.ts again (test/tokens/README.md).
  expect(unassigned).toBe(814_730);
});
