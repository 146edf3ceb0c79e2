import type { Json, JsonObject } from "@metamem/core";
import { z } from "zod";
import type { EpisodeResult } from "../result.ts";
import { readSeedFile } from "./seed-file.ts";

const statisticSchema = z.strictObject({
  key: z.string(),
  /** `progression`, `endReason`, or a name among the family's details. */
  from: z.string(),
  /** Put before each item of a list. */
  prefix: z.string().optional(),
});

const familySchema = z.strictObject({
  folder: z.string(),
  /** Our task -> the benchmark's. */
  tasks: z.record(z.string(), z.string()),
  statistics: z.array(statisticSchema),
});
export type BalrogFamily = z.infer<typeof familySchema>;

/** `seeds/balrog.json`: the benchmark's names. */
export const balrogNamesSchema = z.strictObject({
  schema: z.literal("metamem.balrog/1"),
  note: z.string(),
  families: z.record(z.string(), familySchema),
});

export function loadBalrogNames(): Readonly<Record<string, BalrogFamily>> {
  return readSeedFile("balrog.json", balrogNamesSchema).families;
}

/** What the benchmark's environments say about an episode at its end, under its names. A failed episode has 0 and no more. */
export function statisticsOf(
  { statistics }: BalrogFamily,
  result: EpisodeResult | null,
  progression: number,
): JsonObject {
  if (result === null) return { progression };
  // The benchmark's environments do not know of the agent's step limit.
  const endReason = result.endReason === "step_limit" ? null : result.endReason;
  const facts: JsonObject = { ...result.details, endReason, progression };
  return Object.fromEntries(statistics.map(({ key, from, prefix }) => [key, prefixed(facts[from] ?? null, prefix)]));
}

function prefixed(value: Json, prefix: string | undefined): Json {
  return prefix === undefined || !Array.isArray(value) ? value : value.map((item) => `${prefix}${String(item)}`);
}
