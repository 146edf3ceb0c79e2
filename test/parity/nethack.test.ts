import { fileURLToPath } from "node:url";
import { nethackFamily } from "@metamem/native-env";
import { describe, expect, test } from "vitest";

function golden(name: string): string {
  return fileURLToPath(new URL(`../goldens/${name}`, import.meta.url));
}

describe("NetHack plays the reference recordings exactly:", () => {
  test("every raw array after every key", { timeout: 120_000 }, async () => {
    const report = await nethackFamily.parity?.(golden("nethack-raw-dev.jsonl.gz"), {});
    expect(report).toEqual({ steps: 15_682, episodes: 9, divergences: [], unchecked: {} });
  });

  test("texts, rewards, ends and records of the benchmark", { timeout: 120_000 }, async () => {
    const report = await nethackFamily.parity?.(golden("nethack-dev.jsonl.gz"), {});
    expect(report).toEqual({ steps: 18_278, episodes: 16, divergences: [], unchecked: {} });
  });
});
