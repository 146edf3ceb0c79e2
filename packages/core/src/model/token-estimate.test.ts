import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countPrompt, estimatedTokens } from "./token-estimate.ts";

function count(text: string): number {
  return estimatedTokens.count(text);
}

const samples: readonly (readonly [number, string])[] = [
  [
    39,
    "You see:\n- grass 1 step to your west\n- tree 6 steps to your south-west\n- water 12 steps to your north\n\nYou face grass at your front.",
  ],
  [42, "Your status:\n- health: 9/9\n- food: 9/9\n- drink: 9/9\n- energy: 9/9\n\nYou have nothing in your inventory."],
  [
    62,
    "step 812: pos (-14,33) iron north 4 hp=7/9 [turn 5684]\nstep 813: pos (-14,34) coal north 2 hp=7/9 [turn 5691]",
  ],
  [
    44,
    "<|SEARCH|>map.txt: tree AND (north OR west)<|END|>\n<|APPEND|>log.txt\nstep 12: moved_left -> no change\n<|END|>",
  ],
  [20, "The agent keeps what it learned in files, because nothing else survives from one step to the next."],
  [
    23,
    "export function countPrompt(counter: TokenCounter, messages: readonly ChatMessage[]): number {\n  return 0;\n}",
  ],
  [18, "....##GG  TT~~@^ ..\n..##....TT  ..@@##."],
  [
    24,
    "message:\nYou cannot pass through the bars.\n\nbars far eastnortheast and eastsoutheast\nhorizontal wall near north",
  ],
];
const gibberish = {
  truth: 48,
  text: "qzjxkvwpymhbtrfgdlncoeiasuqkxzvjwpyhmbgtrfdlnceoaisuzqxjkvwphymtbgrfldncieosauxqzkjwv",
};

describe("samples whose true count (Qwen2.5 tokenizer) is known", () => {
  test.each(samples)("%s tokens", (truth, text) => {
    expect(count(text)).toBeGreaterThanOrEqual(truth);
    expect(count(text)).toBeLessThanOrEqual(Math.ceil(truth * 1.9));
  });

  test("random letters are underestimated, as documented", () => {
    expect(count(gibberish.text)).toBeLessThan(gibberish.truth);
    expect(count(gibberish.text)).toBeGreaterThan(gibberish.truth * 0.8);
  });
});

describe("properties", () => {
  const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme-ascii", maxLength: 200 }));

  test("never more than the UTF-8 bytes, and at least a fifth of what is not white space", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const visible = Buffer.byteLength(text.replace(/[ \t\r\n]/g, ""));
        expect(count(text)).toBeLessThanOrEqual(Buffer.byteLength(text));
        expect(count(text)).toBeGreaterThanOrEqual(visible / 5);
      }),
    );
  });

  test("parts joined by a blank line cost no more than the parts and the line", () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(count(`${a}\n\n${b}`)).toBeLessThanOrEqual(count(a) + count("\n\n") + count(b));
      }),
    );
  });

  test("a longer text never costs less", () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(count(`${a}\n${b}`)).toBeGreaterThanOrEqual(Math.max(count(a), count(b)));
      }),
    );
  });
});

test("a prompt costs its contents, five tokens a message and three for the reply", () => {
  const messages = [
    { role: "system", content: "Play well." },
    { role: "user", content: "You see grass." },
  ] as const;
  const contents = count("Play well.") + count("You see grass.");
  expect(countPrompt(estimatedTokens, messages)).toBe(contents + 2 * 5 + 3);
});
