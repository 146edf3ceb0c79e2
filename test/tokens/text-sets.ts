import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { fuzzTexts } from "./fuzz-texts.ts";

/** The texts whose tokens are compared with the reference's, by name. Deterministic: goldens hold only hashes of what comes of them. */
export const textSets = {
  fuzz: () => fuzzTexts(20_000, 20_261_121),
  "fuzz-small": () => fuzzTexts(3000, 7),
  "code-points": codePointTexts,
  episodes: episodeTexts,
} as const satisfies Record<string, () => string[]>;
export type TextSet = keyof typeof textSets;

/** The planes and parts of planes that hold characters, as inclusive ranges that begin and end with whole texts. */
const characterRanges = [
  [0, 0x1ffff],
  [0x2a680, 0x2a77f],
  [0x2b700, 0x2b87f],
  [0x2ce00, 0x2ceff],
  [0x2eb80, 0x2faff],
  [0x31300, 0x335ff],
  [0xe0000, 0xe01ff],
] as const;

/** Every code point of these ranges, 128 to a text, each before and after signs that the patterns treat apart. */
function codePointTexts(): string[] {
  const perText = 128;
  return characterRanges.flatMap(([start, end]) =>
    Array.from({ length: (end + 1 - start) / perText }, (_, text) => {
      const first = start + text * perText;
      const inSurrogates = first >= 0xd800 && first < 0xe000;
      const codes = inSurrogates ? [] : Array.from({ length: perText }, (_unused, index) => first + index);
      return codes
        .map((code) => String.fromCodePoint(code))
        .map((one) => `${one}a'${one}1${one}\u0334\n `)
        .join("");
    }),
  );
}

/** Every prompt message and reply of recorded episodes, and notes in several scripts (episode-texts.jsonl.gz: one JSON text a line). */
function episodeTexts(): string[] {
  const lines = gunzipSync(readFileSync(new URL("./episode-texts.jsonl.gz", import.meta.url))).toString();
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as string);
}

if (import.meta.main) {
  // For record-golden.py: one JSON text a line.
  const set = textSets[process.argv[2] as TextSet];
  for (const text of set()) process.stdout.write(`${JSON.stringify(text)}\n`);
}
