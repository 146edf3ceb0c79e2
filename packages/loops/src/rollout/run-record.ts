import { hashJson, jsonObjectSchema } from "@metamem/core";
import { z } from "zod";
import { codeVersion } from "../trace-header.ts";
import { operationConfigSchema, playConfigSchema, type RolloutConfig } from "./config.ts";
import { planHash, type RolloutPlan } from "./plan.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const named = z.strictObject({ name: z.string(), hash });

/** `run.json`: what a run plays, written before anything is played. Everything that another machine could say otherwise is in `operational`. */
export const runRecordSchema = z.strictObject({
  schema: z.literal("metamem.run/1"),
  /** Hash over the ids of all episodes. */
  plan: hash,
  config: playConfigSchema,
  families: z.array(z.strictObject({ name: z.string(), version: z.string() })),
  scaffold: named,
  /** The tasks as they are opened, by their hash. */
  tasks: z.record(hash, jsonObjectSchema),
  episodes: z.array(
    z.strictObject({
      id: hash,
      family: z.string(),
      task: z.string(),
      taskHash: hash,
      seed: z.int(),
      repetition: z.int().nonnegative(),
      samplingSeed: z.int().nonnegative(),
      maxSteps: z.int().positive(),
    }),
  ),
  operational: z.strictObject({
    createdAt: z.iso.datetime(),
    code: z.strictObject({ version: z.string(), bun: z.string() }),
    operation: operationConfigSchema,
  }),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** The record of a run that begins now. */
export function recordOf(plan: RolloutPlan, config: RolloutConfig): RunRecord {
  const tasks: RunRecord["tasks"] = {};
  const families = new Map<string, string>();
  const taskHashes = new Map<object, string>();
  const hashOf = (task: object): string => {
    const known = taskHashes.get(task) ?? hashJson(task);
    taskHashes.set(task, known);
    return known;
  };
  const episodes = plan.episodes.map(({ id, repetition, resolved: { spec, task } }) => {
    const taskHash = hashOf(spec.task);
    tasks[taskHash] = spec.task;
    families.set(spec.family.name, spec.family.version);
    const { seed, samplingSeed, maxSteps } = spec;
    return { id, family: spec.family.name, task: task.id, taskHash, seed, repetition, samplingSeed, maxSteps };
  });
  return {
    schema: "metamem.run/1",
    plan: planHash(plan.episodes),
    config: config.play,
    families: [...families].map(([name, version]) => ({ name, version })),
    scaffold: scaffoldOf(plan),
    tasks,
    episodes,
    operational: { createdAt: new Date().toISOString(), code: { ...codeVersion }, operation: config.operation },
  };
}

function scaffoldOf({ episodes }: RolloutPlan): RunRecord["scaffold"] {
  const spec = episodes[0]?.resolved.spec;
  return spec === undefined ? { name: "", hash: hashJson(null) } : spec.scaffold;
}
