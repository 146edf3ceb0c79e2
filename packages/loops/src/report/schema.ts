import { metricsSchema, metricsVersion, rateSchema } from "@metamem/core";
import { z } from "zod";
import { playConfigSchema } from "../rollout/config.ts";
import { publishedSchema } from "./published.ts";

const count = z.int().nonnegative();
const fraction = z.number().min(0).max(1);
/** 95 %, percentile bootstrap over worlds; null when there is nothing to draw from. */
const interval = z.tuple([z.number(), z.number()]).readonly().nullable();

/** A mean over the fixed denominator: everything planned, what has no result as 0. */
const progressionSchema = z.strictObject({
  mean: fraction.nullable(),
  /** The benchmark's: population deviation / sqrt(n). */
  standardError: z.number().nullable(),
  /** With the sample deviation. */
  sampleError: z.number().nullable(),
  interval,
});

const countsSchema = z.strictObject({
  episodes: count,
  finished: count,
  failed: count,
  setAside: count,
  open: count,
});

/** A pooled rate with its interval, and the mean of the episodes' own rates. */
const pooledRateSchema = rateSchema.extend({ interval, episodeMean: z.number().nullable() });

const cellSchema = z.strictObject({
  ...countsSchema.shape,
  steps: count,
  progression: progressionSchema,
  /** Pooled over the episodes that have metrics; null without any. */
  behaviour: z
    .strictObject({
      episodes: count,
      rates: z.record(z.string(), pooledRateSchema),
      retrievalDelay: z.strictObject({ median: count.nullable() }),
      largestPrompt: count,
      /** Characters per step that each file grew; null unless traces were read. */
      growthByFile: z.record(z.string(), z.number()).nullable(),
      tokens: metricsSchema.shape.tokens,
      ops: metricsSchema.shape.ops,
    })
    .nullable(),
});

const worldSchema = z.strictObject({
  seed: z.int(),
  ...countsSchema.shape,
  progression: z.strictObject({ mean: fraction, standardError: z.number() }),
});

const taskSchema = cellSchema.extend({ task: z.string(), maxSteps: count, worlds: z.array(worldSchema) });

const familySchema = cellSchema.extend({
  family: z.string(),
  /** `own` is played on levels of our own instead of the published ones: a cell of its own, never beside published rows. */
  material: z.enum(["public", "own"]),
  /** How the worlds played relate to the published ones; null when there are none of this family, and for own levels. */
  published: z
    .strictObject({
      worlds: count,
      /** Of these, played with the published number of steps. */
      played: count,
      /** Worlds played that the published set has not. */
      others: count,
      /** The same worlds and nothing else: the mean can stand beside the published rows. */
      same: z.boolean(),
    })
    .nullable(),
  tasks: z.array(taskSchema),
});

const episodeSchema = z.strictObject({
  id: z.string(),
  family: z.string(),
  task: z.string(),
  material: z.enum(["public", "own"]),
  seed: z.int(),
  repetition: count,
  maxSteps: count,
  status: z.enum(["finished", "failed", "set_aside", "open"]),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  progression: fraction,
  steps: count.nullable(),
  endReason: z.string().nullable(),
  milestones: count.nullable(),
  rates: z.record(z.string(), z.number().nullable()).nullable(),
});

const runSchema = z.strictObject({
  /** `A`, `B`, ...: what comparisons and `operational` name the run by. */
  name: z.string(),
  plan: z.string(),
  config: playConfigSchema,
  scaffold: z.strictObject({ name: z.string(), hash: z.string() }),
  rule_based: z.boolean(),
  label: z.string().nullable(),
  counts: countsSchema,
  families: z.array(familySchema),
  episodes: z.array(episodeSchema),
});

const pairedSchema = z.strictObject({
  /** Worlds that both runs play. */
  worlds: count,
  onlyFirst: count,
  onlySecond: count,
  /** Mean of second - first over these worlds, each the mean of its episodes; fractions. */
  difference: z.number().nullable(),
  interval,
  wins: count,
  ties: count,
  losses: count,
});

const comparisonSchema = z.strictObject({
  first: z.string(),
  second: z.string(),
  /** What else differs: tasks' options, step limits, protocol. Empty for a clean comparison. */
  caveats: z.array(z.string()),
  rule_based: z.boolean(),
  label: z.string().nullable(),
  families: z.array(
    pairedSchema.extend({
      family: z.string(),
      material: z.enum(["public", "own"]),
      tasks: z.array(pairedSchema.extend({ task: z.string() })),
    }),
  ),
});

const operationalSchema = z.strictObject({
  runs: z.array(
    z.strictObject({
      name: z.string(),
      folder: z.string(),
      createdAt: z.iso.datetime(),
      code: z.strictObject({ version: z.string(), bun: z.string() }),
      sessions: count,
      crashes: count,
      /** Of the last session; null without prices. */
      cost: z.number().nullable(),
      retries: count,
      resumes: count,
      /** Wall time of the episodes, summed; of each, the program's last start. */
      episodeSeconds: z.number(),
      modelSeconds: z.strictObject({ log: z.number(), consult: z.number(), commit: z.number() }),
      /** Why episodes are open, by id, as far as the last session says. */
      open: z.record(z.string(), z.strictObject({ code: z.string(), message: z.string() })),
    }),
  ),
});

/**
 * The object of `metamem report --json`. Outside `operational` it is a function of the episodes' content: a run that was killed and resumed
 * has the same as one that was not. Progressions and their errors are fractions.
 */
export const reportSchema = z.strictObject({
  schema: z.literal("metamem.report/1"),
  metrics: z.literal(metricsVersion),
  bootstrap: z.strictObject({ seed: z.int(), level: z.number(), mostSamples: count }),
  runs: z.array(runSchema),
  comparisons: z.array(comparisonSchema),
  /** `seeds/published.json`; null when it was left out. */
  published: publishedSchema.nullable(),
  operational: operationalSchema,
});
export type Report = z.infer<typeof reportSchema>;
export type ReportRun = z.infer<typeof runSchema>;
export type ReportFamily = z.infer<typeof familySchema>;
export type ReportTask = z.infer<typeof taskSchema>;
export type ReportCell = z.infer<typeof cellSchema>;
export type ReportCounts = z.infer<typeof countsSchema>;
export type ReportEpisode = z.infer<typeof episodeSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type Paired = z.infer<typeof pairedSchema>;
