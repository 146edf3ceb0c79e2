import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test.each([
  ["add-an-environment.md", ["test/games/tower.ts", "test/games/tower-player.ts"]],
  ["add-a-minihack-task.md", ["test/games/minihack/moat.des", "test/games/minihack/moat.toml"]],
])("%s shows the files that the tests play, whole", (name, paths) => {
  const recipe = readFileSync(join(root, "docs/recipes", name), "utf8");
  const shown = [...recipe.matchAll(/<!-- file: (\S+) -->\n```\w*\n([\s\S]*?)\n```\n/g)];
  expect(shown.map(([, path]) => path)).toEqual(paths);
  for (const [, path = "", code = ""] of shown) expect(`${code}\n`).toBe(readFileSync(join(root, path), "utf8"));
});
