import { type Hash, hashJson } from "@metamem/core";
import { z } from "zod";
import { operationConfigSchema } from "../rollout/config.ts";
import type { RunRecord } from "../rollout/run-record.ts";
import { openReasonSchema } from "../rollout/run-result.ts";

/** What producer and workers say to each other through Redis. They may be of different versions, so everything read is validated. */

/** BullMQ's names of the one queue: workers play the episodes of all runs. */
export const queuePrefix = "metamem";
export const queueName = "episodes";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One episode to play. The run's folder says everything else; `id` is the hash of what the rest amounts to. */
export const jobSchema = z.strictObject({
  schema: z.literal("metamem.queue-job/1"),
  /** Names the run's keys in Redis. */
  run: z.string().regex(/^[0-9a-f]{16}$/),
  /** The run's folder, as the producer sees it. */
  folder: z.string(),
  id: hash,
  env: z.string(),
  choice: z.strictObject({
    task: z.string().optional(),
    seed: z.int(),
    samplingSeed: z.int(),
    maxSteps: z.int().optional(),
  }),
  repetition: z.int().nonnegative(),
});
export type EpisodeJob = z.infer<typeof jobSchema>;

/** How the producer's present session wants its episodes run. */
export const orderSchema = z.strictObject({
  ...operationConfigSchema.pick({ limits: true, budget: true, prices: true }).shape,
  restartChanged: z.boolean(),
});
export type SessionOrder = z.infer<typeof orderSchema>;

/** Why an episode came back without a result. */
export const openSchema = z.strictObject({ status: z.enum(["interrupted", "void"]), reason: openReasonSchema });

const progressSchema = z.strictObject({
  id: hash,
  steps: z.int(),
  progression: z.number(),
  replayed: z.boolean(),
});

/** What workers publish for views; nobody depends on it. */
export const newsSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("started"), id: hash }),
  z.strictObject({ kind: z.literal("ended"), id: hash }),
  z.strictObject({ kind: z.literal("progress"), episodes: z.array(progressSchema) }),
]);
export type News = z.infer<typeof newsSchema>;

/** Two runs of one plan are different runs: they have different folders. */
export function runKey({ plan, operational }: RunRecord): string {
  return hashJson({ plan, createdAt: operational.createdAt }).slice(0, 16);
}

/** BullMQ ignores a job whose id is there already: adding an episode again is harmless. */
export function jobId(run: string, id: Hash): string {
  return `${run}-${id}`;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
