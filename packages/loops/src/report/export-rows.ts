import { metricsSchema } from "@metamem/core";
import { z } from "zod";
import { protocolTitle } from "../protocol-title.ts";
import { loadRun } from "./run-rows.ts";

/** A line of `metamem export --format jsonl`: an episode with everything that its run was played with. */
export const exportRowSchema = z.strictObject({
  schema: z.literal("metamem.export-episode/1"),
  plan: z.string(),
  scaffold: z.strictObject({ name: z.string(), hash: z.string() }),
  memoryModel: z.string(),
  gameplayModel: z.string(),
  protocol: z.string(),
  rule_based: z.boolean(),
  label: z.string().nullable(),
  id: z.string(),
  family: z.string(),
  task: z.string(),
  material: z.enum(["public", "own"]),
  seed: z.int(),
  repetition: z.int(),
  maxSteps: z.int(),
  status: z.enum(["finished", "failed", "set_aside", "open"]),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  /** Fraction; 0 for everything that is not finished. */
  progression: z.number().min(0).max(1),
  steps: z.int().nullable(),
  endReason: z.string().nullable(),
  milestones: z.int().nullable(),
  metrics: metricsSchema.nullable(),
});
export type ExportRow = z.infer<typeof exportRowSchema>;

/** Every planned episode of a run, in its order. */
export function exportRows(folder: string): ExportRow[] {
  const { record, episodes, label } = loadRun(folder);
  const { config, plan, scaffold } = record;
  return episodes.map(({ rates: _rates, growthByFile: _growth, ...episode }) => ({
    schema: "metamem.export-episode/1",
    plan,
    scaffold,
    memoryModel: config.memoryModel ?? config.model,
    gameplayModel: config.gameplayModel ?? config.model,
    protocol: protocolTitle(config.protocol),
    rule_based: label !== null,
    label,
    ...episode,
  }));
}
