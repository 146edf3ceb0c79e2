import { fileURLToPath } from "node:url";
import { minihackFamily } from "@metamem/native-env";
import { expect, test } from "vitest";

const goldens = fileURLToPath(new URL("../goldens/minihack-dev.jsonl.gz", import.meta.url));

test("MiniHack plays the reference recordings of its eight tasks exactly", { timeout: 120_000 }, async () => {
  const report = await minihackFamily.parity?.(goldens, {});
  expect(report).toEqual({ steps: 4495, episodes: 58, divergences: [], unchecked: {} });
});
