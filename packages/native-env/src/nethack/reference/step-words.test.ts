import { createRng } from "@metamem/core";
import { expect, test } from "vitest";
import { NethackGame } from "../game.ts";
import { textNames } from "../raw-arrays.ts";
import { challengeTask } from "../tasks.ts";

/** The published release's substitutions (spec balrog-text §9), one after the other as it makes them. */
const substitutions: readonly (readonly [words: string, by: string])[] = [
  ["very far", "9+ steps away"],
  ["very near", "2 steps away"],
  ["far", "5-8 steps away"],
  ["near", "3-4 steps away"],
  ["adjacent", "1 step away (directly reachable)"],
  ["northnortheast", "between north and northeast"],
  ["eastnortheast", "between east and northeast"],
  ["eastsoutheast", "between east and southeast"],
  ["southsoutheast", "between south and southeast"],
  ["southsouthwest", "between south and southwest"],
  ["westsouthwest", "between west and southwest"],
  ["westnorthwest", "between west and northwest"],
  ["northnorthwest", "between north and northwest"],
];

function substituted(text: string): string {
  return substitutions.reduce(
    (result, [words, by]) => result.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${words}(?![\\p{L}\\p{N}_])`, "gu"), by),
    text,
  );
}

test("in both texts of every observation the words are those of the release, and nothing else differs", () => {
  const plain = NethackGame.open({}, textNames);
  const published = NethackGame.open({ stepWords: true }, textNames);
  const rng = createRng(9);
  const [all, seen] = [challengeTask.actions.length, new Set<string>()];
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    for (const game of [plain, published]) game.reset(seed, 0);
    for (let step = 0; step < 200 && !plain.terminated && !plain.truncated; step++) {
      // Mostly runs, which change what is near and what is far; menus and prompts between them.
      const action = rng.next() < 0.7 ? 8 + rng.int(8) : rng.int(all);
      for (const game of [plain, published]) game.step(action);
      expect(published.longText()).toBe(substituted(plain.longText()));
      expect(published.shortText()).toBe(substituted(plain.shortText()));
      for (const [words, by] of substitutions) if (published.longText().includes(by)) seen.add(words);
    }
  }
  plain.close();
  published.close();
  expect([...seen].sort()).toEqual(substitutions.map(([words]) => words).sort());
});
