import { exactCounter } from "@metamem/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Painter } from "./colours.ts";
import { shownTokens, tokenLines } from "./token-view.ts";

const { tokenizer } = await exactCounter("qwen2.5");

function view(text: string, depth: "none" | "truecolor" = "none"): string[] {
  return tokenLines(shownTokens(tokenizer.ids(text), tokenizer.texts), new Painter(depth));
}

test("tokens of a line are parted by bars, line feeds are shown and end the line", () => {
  expect(view("Hello wörld\n\nnext")).toEqual(["Hello| w|ör|ld|⏎", "⏎", "next"]);
});

test("tokens that only together are a character are one", () => {
  const [bat] = shownTokens(tokenizer.ids("🦇"), tokenizer.texts);
  expect(bat).toMatchObject({ text: "🦇", tokens: tokenizer.count("🦇") });
});

test("all text is shown, every token counted", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const normal = text.normalize("NFC");
      const shown = shownTokens(tokenizer.ids(normal), tokenizer.texts);
      expect(shown.map((token) => token.text).join("")).toBe(normal);
      expect(shown.reduce((sum, token) => sum + token.tokens, 0)).toBe(tokenizer.count(normal));
    }),
  );
});

test("neighbours differ in colour, and a special token has its own", () => {
  const backgrounds = (line: string) => [...line.matchAll(/48;2;([\d;]+)m/g)].map((match) => match[1]);
  const [a, b, special] = backgrounds(view("one two<|im_end|>", "truecolor")[0] ?? "");
  expect(new Set([a, b, special]).size).toBe(3);
});

test("what could steer the terminal does not reach it", () => {
  expect(view("a\u001b[2Jb\u0007c\tx\r").join("")).not.toMatch(/\p{Cc}/u);
});
