import { describe, expect, test } from "vitest";
import { startOrder } from "./order.ts";
import type { PlannedEpisode } from "./plan.ts";

function episode(family: string, number: number, maxSteps: number): PlannedEpisode {
  const resolved = { family: { name: family }, spec: { maxSteps } } as unknown as PlannedEpisode["resolved"];
  return { id: `${family}${number}`, env: family, choice: { seed: 0, samplingSeed: 0 }, resolved, repetition: 0 };
}

describe("startOrder", () => {
  test("families take turns, the longest first, and nothing is lost", () => {
    const episodes = [
      ...[1, 2, 3, 4].map((number) => episode("short", number, 100)),
      ...[1, 2].map((number) => episode("long", number, 100_000)),
      episode("middle", 1, 2000),
    ];
    const order = startOrder(episodes).map(({ id }) => id);
    expect(order).toEqual(["long1", "middle1", "short1", "long2", "short2", "short3", "short4"]);
    expect(startOrder([])).toEqual([]);
  });
});
