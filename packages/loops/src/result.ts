import { jsonObjectSchema, metricsSchema, tokenizerNames } from "@metamem/core";
import { z } from "zod";

export const resultSchemaVersion = "metamem.episode/1";

const count = z.int().nonnegative();

const modelSchema = z.strictObject({
  spec: z.string(),
  ruleBased: z.boolean(),
  contextTokens: count,
  server: z.string().nullable(),
  template: z.string().nullable(),
  tokenizer: z.enum(tokenizerNames).exactOptional(),
});

/**
 * The one object that `--json` prints and that lies in the trace folder as result.json. Everything that may differ between an undisturbed
 * run and one that was interrupted and resumed is in `operational`; the rest is content.
 */
export const episodeResultSchema = z.strictObject({
  schema: z.literal(resultSchemaVersion),
  episodeId: z.string(),
  /** `finished` and `failed` (a fault of the scaffold) count as play; `interrupted` and `void` do not and can be resumed. */
  status: z.enum(["finished", "failed", "interrupted", "void"]),
  /** What voided the episode, or made it fail. */
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  family: z.strictObject({ name: z.string(), version: z.string() }),
  task: z.string(),
  seed: z.int(),
  scaffold: z.strictObject({ name: z.string(), hash: z.string() }),
  protocol: z.string(),
  temperature: z.number(),
  samplingSeed: count,
  maxSteps: count,
  models: z.strictObject({ memory: modelSchema, gameplay: modelSchema }),
  /** A rule-based program played at least one role that is asked: nothing here was achieved by a language model alone. */
  rule_based: z.boolean(),
  /** What to show beside every number when `rule_based` is true; names the role when a language model played the other one. */
  label: z.string().nullable(),
  /** Agent steps taken. */
  steps: count,
  /** The environment's own clock at the last observation. */
  turn: z.number(),
  /** Fraction 0…1. */
  progression: z.number().min(0).max(1),
  episodeReturn: z.number(),
  /** `step_limit`, the environment's own reason, or an error's code; null while the episode can go on. */
  endReason: z.string().nullable(),
  /** All milestones in the family's order, with the step whose action reached them. */
  milestones: z.array(z.strictObject({ name: z.string(), step: count.nullable() })),
  details: jsonObjectSchema,
  metrics: metricsSchema,
  memory: z.strictObject({ storeHash: z.string(), files: count, bytes: count }),
  operational: z.strictObject({
    /** The trace folder as it was named. */
    folder: z.string(),
    /** Of this run of the program; the header has the episode's own start. */
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    /** Wall time of this run of the program. */
    seconds: z.number(),
    /** Steps played by this run, replayed ones excluded, and their rate. */
    stepsPlayed: count,
    stepsPerSecond: z.number().nullable(),
    resumes: count,
    /** Tries that failed and were repeated. */
    retries: count,
    /** Time in which models were asked, by phase, over all runs; retries and their waits are included. */
    modelSeconds: z.strictObject({ log: z.number(), consult: z.number(), commit: z.number() }),
    code: z.strictObject({ version: z.string(), bun: z.string() }),
  }),
});
export type EpisodeResult = z.infer<typeof episodeResultSchema>;
