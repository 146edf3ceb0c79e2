import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const recipe = readFileSync(join(root, "docs/recipes/add-an-environment.md"), "utf8");

test("the recipe shows the files that the tests play, whole", () => {
  const shown = [...recipe.matchAll(/<!-- file: (\S+) -->\n```ts\n([\s\S]*?)\n```\n/g)];
  expect(shown.map(([, path]) => path)).toEqual(["test/games/tower.ts", "test/games/tower-player.ts"]);
  for (const [, path = "", code = ""] of shown) expect(`${code}\n`).toBe(readFileSync(join(root, path), "utf8"));
});
