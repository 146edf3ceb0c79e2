import { createRng } from "@metamem/core";
import { quantile } from "./statistics.ts";

/** What is drawn: a world with the sums of its episodes, one count and one denominator per rate. */
export interface Unit {
  readonly counts: readonly number[];
  readonly ofs: readonly number[];
}

export type Interval = readonly [low: number, high: number];

/** Fixed, so that equal results have equal reports. */
export const bootstrapSeed = 20_260_701;
export const bootstrapLevel = 0.95;

/** Draws of the smallest cells; large ones have fewer, so that a report of 100 000 episodes stays a matter of seconds. */
export const mostSamples = 10_000;
const fewestSamples = 400;
const drawnUnits = 2_000_000;

export function samplesFor(units: number): number {
  return Math.max(fewestSamples, Math.min(mostSamples, Math.floor(drawnUnits / Math.max(1, units))));
}

/**
 * Percentile intervals of pooled rates: worlds are drawn with replacement, each stratum (task) for itself, so that every draw has as many
 * worlds of each task as the run. Null for a rate that has no denominator in some draw, and when no stratum has two worlds to draw from.
 */
export function bootstrapIntervals(strata: readonly (readonly Unit[])[], rates: number): (Interval | null)[] {
  if (!strata.some((units) => units.length > 1)) return Array.from({ length: rates }, () => null);
  const samples = samplesFor(strata.reduce((sum, units) => sum + units.length, 0));
  const drawn = Array.from({ length: rates }, () => new Float64Array(samples));
  const rng = createRng(bootstrapSeed);
  const [counts, ofs] = [new Float64Array(rates), new Float64Array(rates)];
  for (let sample = 0; sample < samples; sample++) {
    counts.fill(0);
    ofs.fill(0);
    for (const units of strata) {
      for (let draw = 0; draw < units.length; draw++) addUnit(units[rng.int(units.length)] as Unit, counts, ofs);
    }
    for (let rate = 0; rate < rates; rate++) {
      const column = drawn[rate] as Float64Array;
      column[sample] = (counts[rate] as number) / (ofs[rate] as number);
    }
  }
  return drawn.map(intervalOf);
}

function addUnit(unit: Unit, counts: Float64Array, ofs: Float64Array): void {
  for (let rate = 0; rate < counts.length; rate++) {
    counts[rate] = (counts[rate] as number) + (unit.counts[rate] as number);
    ofs[rate] = (ofs[rate] as number) + (unit.ofs[rate] as number);
  }
}

function intervalOf(drawn: Float64Array): Interval | null {
  if (drawn.some((value) => !Number.isFinite(value))) return null;
  drawn.sort();
  const tail = (1 - bootstrapLevel) / 2;
  return [quantile(drawn, tail), quantile(drawn, 1 - tail)];
}
