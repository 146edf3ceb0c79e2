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

/** Every code point of the planes that hold characters, 128 to a text, each before and after signs that the patterns treat apart. */
function codePointTexts(): string[] {
  const perText = 128;
  const planes = [0, 1, 2, 3, 14];
  return planes.flatMap((plane) =>
    Array.from({ length: 0x10000 / perText }, (_, block) => {
      const first = plane * 0x10000 + block * perText;
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
