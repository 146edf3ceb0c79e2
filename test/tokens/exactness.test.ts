import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Tokenizer, tokenizerPath } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { blocksOf, type Golden, hashOfTexts } from "./golden.ts";
import { type TextSet, textSets } from "./text-sets.ts";

/** All code points are merged as the others are: what that set tests is splitting, so one road is enough. */
const compared: readonly (readonly [tokenizer: string, texts: TextSet, roads: readonly Road[]])[] = [
  ["qwen2.5", "fuzz", ["code", "graph"]],
  ["qwen2.5", "code-points", ["code"]],
  ["qwen2.5", "episodes", ["code", "graph"]],
  ["gpt2", "fuzz-small", ["code", "graph"]],
  ["llama3", "fuzz-small", ["code", "graph"]],
  ["digits", "fuzz-small", ["code", "graph"]],
];
type Road = "code" | "graph";

/** A tokenizer without any history, so that every text takes the road under test. */
function fresh(name: string): Tokenizer {
  const path =
    name === "qwen2.5" ? tokenizerPath(name) : fileURLToPath(new URL(`./tiny/${name}.json`, import.meta.url));
  return new Tokenizer(JSON.parse(readFileSync(path, "utf8")), name);
}

describe.each(compared)("%s on %s: every token as Hugging Face's", (name, set, roads) => {
  const golden = JSON.parse(readFileSync(new URL(`./goldens/${name}-${set}.json`, import.meta.url), "utf8")) as Golden;
  const texts = textSets[set]();

  test("the texts are the recorded ones", () => {
    expect(hashOfTexts(texts)).toBe(golden.texts);
  });

  test.each(roads)("merged by %s", async (road) => {
    const tokenizer = fresh(name);
    const perBatch = 5 * golden.size;
    for (let at = 0; at < texts.length; at += perBatch) {
      const some = texts.slice(at, at + perBatch);
      if (road === "graph") await tokenizer.prepare(some);
      const first = at / golden.size;
      expect(blocksOf(some, (text) => tokenizer.ids(text))).toEqual(golden.blocks.slice(first, first + 5));
    }
    const { graph, direct } = tokenizer.work;
    if (road === "graph") expect(graph).toBeGreaterThan(4 * direct);
    else expect(graph).toBe(0);
  });
});
