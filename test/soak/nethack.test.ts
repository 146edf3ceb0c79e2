import { expect, test } from "vitest";
import { soak } from "./soak.ts";

test("random keys in many worlds at once: no failure, no leak, and the same alone as among others", async () => {
  const result = await soak({ keys: 100_000, seeds: 20, atOnce: 8 }, () => {});
  expect(result.problem).toBeNull();
  expect(result.counts).toMatchObject({ keys: 100_000, seeds: 20, grownFiles: 0 });
  expect(result.counts?.playedAgain).toBeGreaterThan(0);
});
