import { z } from "zod";

/**
 * Behaviour metrics of one episode (spec automem §7.3). Every rate keeps its count and what it is a count of, so that a cell of several
 * episodes is pooled by adding both. Change the version with any definition: numbers of different versions are not comparable.
 */
export const metricsVersion = "metamem.metrics/1";

const count = z.int().nonnegative();

/** `rate` is `count / of`, null when `of` is 0; it is derived and never added. */
export const rateSchema = z.strictObject({ count: z.number(), of: count, rate: z.number().nullable() });
export type Rate = z.infer<typeof rateSchema>;

/** How many delays of a class there were, by its first delay in steps: mergeable, at most a few dozen classes (`delayClass`). */
export const delaysSchema = z.strictObject({
  classes: z.record(z.string(), count),
  /** Exact below 16 steps, from there the first delay of a class at most an eighth wide; null without any. */
  median: count.nullable(),
});
export type Delays = z.infer<typeof delaysSchema>;

/** What one op did how often. Ops that were not executed (malformed, or not allowed in the phase) are only in the last two. */
export const opCountsSchema = z.strictObject({
  log: count,
  consult: count,
  commit: count,
  /** Executed, but the store could not do it: missing file, limit, bad name. */
  failed: count,
  malformed: count,
  denied: count,
});
export type OpCounts = z.infer<typeof opCountsSchema>;

export const roleTokensSchema = z.strictObject({
  calls: count,
  prompt: count,
  /** Of `prompt`, as far as servers said. */
  cached: count,
  output: count,
});
export type RoleTokens = z.infer<typeof roleTokensSchema>;

/**
 * "Op" means an op issued by the model; what the scaffold does is counted apart. A step is an observation and the action taken on it, so
 * the last observation is none. A character is a Unicode code point. The spec's loose variant of a repeat (trigram similarity) is left
 * out: it compares every written line with every line of its file.
 */
export const metricsSchema = z.strictObject({
  version: z.literal(metricsVersion),
  steps: count,

  /** Steps from 1 on whose observation text equals the one before (the paper's definition). */
  stuck: rateSchema,
  /** Steps from 1 on whose action was meant to change something and did not, by the family's effect model. */
  stuckEffect: rateSchema,
  /** Steps from 1 on with three or more reversals among the last ten movements. */
  oscillating: rateSchema,
  /** Stuck or oscillating: the paper's unproductive action rate. */
  unproductive: rateSchema,
  unproductiveEffect: rateSchema,
  /** Steps whose raw action was not in the list and had to be replaced. */
  invalidAction: rateSchema,
  /** Steps whose action was mended by a canonicaliser rule, taken as fallback, or rejected at least once by a gate. */
  repair: rateSchema,
  fallback: rateSchema,
  gateRejection: rateSchema,

  /** Executed write ops per step, and without CREATE and DELETE. */
  writes: rateSchema,
  writesCore: rateSchema,
  /** Write ops that stored nothing new, per write op. */
  repeatWrite: rateSchema,
  /** SEARCH ops without a matching line, per SEARCH; then by phase, then the share of each reason. */
  emptySearch: rateSchema,
  emptySearchLog: rateSchema,
  emptySearchPlan: rateSchema,
  emptySearchNoMatch: rateSchema,
  emptySearchBlank: rateSchema,
  emptySearchMissing: rateSchema,
  /** Write ops in LOG per SEARCH in LOG. */
  logWritesPerSearch: rateSchema,
  logWritesCorePerSearch: rateSchema,
  /** Write ops whose file had been read earlier in the step, with the result before the model's eyes. */
  informedWrite: rateSchema,
  /** Read ops whose result no later call carried. */
  unreadRead: rateSchema,
  /** Steps with at least one read in PLAN whose result was shown. */
  consult: rateSchema,
  malformedOp: rateSchema,
  deniedOp: rateSchema,
  /**
   * Lines the model wrote that a later READ, TAIL or SEARCH returned to it whole at least once, of all lines it wrote. Lines are told
   * apart as for repeats, by file; each counts once an episode, and those the file started with or the scaffold wrote do not.
   */
  retrievalUse: rateSchema,
  /** Steps from the first writing of such a line to its first return. */
  retrievalDelay: delaysSchema,
  /** Characters of all files at the end less those at the start, per step. */
  memoryGrowth: rateSchema,
  /** Characters written by the scaffold, of all characters written. */
  scaffoldShare: rateSchema,

  calls: rateSchema,
  /** Prompt tokens of all calls, per step. */
  inputTokens: rateSchema,
  outputTokens: rateSchema,
  /** Sum over steps of the step's largest prompt, per step. */
  largestPromptPerStep: rateSchema,
  /** The largest prompt of the episode; pooled as a maximum. */
  largestPrompt: count,
  /** Replies cut by the output limit, per call. */
  cutCalls: rateSchema,
  /** Calls whose prompt had to be shortened, per call. */
  shortenedCalls: rateSchema,
  tokens: z.strictObject({ memory: roleTokensSchema, gameplay: roleTokensSchema }),
  ops: z.record(z.string(), opCountsSchema),
});
export type EpisodeMetrics = z.infer<typeof metricsSchema>;
