import { MetricsPass, type Rate } from "@metamem/core";
import { expect, test } from "vitest";
import { shownRates } from "./report-metrics.ts";

test("every rate of the metrics is shown, each once", () => {
  const metrics = Object.entries(new MetricsPass(() => "").result());
  const rates = metrics.flatMap(([name, value]) => (isRate(value) ? [name] : []));
  const fromTraces = ["oscillatingActions", "repeatWriteLoose", "memoryGrowthModel"];
  expect(shownRates.map(({ rate }) => rate).sort()).toEqual([...rates, ...fromTraces].sort());
});

function isRate(value: unknown): value is Rate {
  return typeof value === "object" && value !== null && "count" in value && "of" in value;
}
