import type { Hash } from "@metamem/core";
import { z } from "zod";
import { playConfigSchema } from "./config.ts";
import type { PlannedEpisode } from "./plan.ts";
import { openReasonSchema } from "./run-result.ts";
import type { Settled } from "./settled.ts";

const count = z.int().nonnegative();

const episodeSchema = z.strictObject({
  id: z.string(),
  family: z.string(),
  task: z.string(),
  seed: z.int(),
  repetition: count,
  /** `open` has no result yet: a resume plays it. */
  status: z.enum(["finished", "failed", "set_aside", "open"]),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  progression: z.number().min(0).max(1),
  steps: count.nullable(),
  endReason: z.string().nullable(),
});

/**
 * The object of `metamem rollout --json`. Everything outside `operational` is the same for an undisturbed run and one that was killed and
 * resumed, once both are complete. Progression means and their errors are the business of reports.
 */
export const rolloutResultSchema = z.strictObject({
  schema: z.literal("metamem.rollout/1"),
  plan: z.string(),
  config: playConfigSchema,
  /** A rule-based program played a role in at least one episode. */
  rule_based: z.boolean(),
  label: z.string().nullable(),
  totals: z.strictObject({
    episodes: count,
    finished: count,
    failed: count,
    setAside: count,
    open: count,
    steps: count,
    calls: count,
    promptTokens: count,
    outputTokens: count,
  }),
  episodes: z.array(episodeSchema),
  operational: z.strictObject({
    folder: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    /** Of this session. */
    seconds: z.number(),
    engine: z.string(),
    /** Episodes this session brought to a result. */
    settled: count,
    concurrency: z.strictObject({ level: count, peak: count }),
    /** Calls answered in this session, their tokens, and tries that failed. */
    calls: count,
    promptTokens: count,
    outputTokens: count,
    cachedTokens: count,
    cacheHitRate: z.number().nullable(),
    failedTries: count,
    /** USD of the whole run; null without prices. */
    cost: z.number().nullable(),
    /** Why the session ended before its work was done; null when it did not. */
    stopped: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    /** Why episodes are open, by id, as far as this session tried them. */
    open: z.record(z.string(), openReasonSchema),
    crashes: count,
  }),
});
export type RolloutResult = z.infer<typeof rolloutResultSchema>;

/** The part that does not depend on how the run went. */
export function contentOf(
  episodes: readonly PlannedEpisode[],
  rows: ReadonlyMap<Hash, Settled>,
): Pick<RolloutResult, "totals" | "episodes" | "rule_based" | "label"> {
  const totals = {
    episodes: episodes.length,
    finished: 0,
    failed: 0,
    setAside: 0,
    open: 0,
    steps: 0,
    calls: 0,
    promptTokens: 0,
    outputTokens: 0,
  };
  for (const { id } of episodes) {
    const row = rows.get(id);
    totals[row === undefined ? "open" : row.status === "set_aside" ? "setAside" : row.status] += 1;
    if (!row?.tokens) continue;
    totals.steps += row.steps ?? 0;
    const { memory, gameplay } = row.tokens;
    totals.calls += memory.calls + gameplay.calls;
    totals.promptTokens += memory.prompt + gameplay.prompt;
    totals.outputTokens += memory.output + gameplay.output;
  }
  const label = [...rows.values()].find((row) => row.label !== null)?.label ?? null;
  return {
    rule_based: label !== null,
    label,
    totals,
    episodes: episodes.map((episode) => shortRow(episode, rows.get(episode.id))),
  };
}

function shortRow(
  { id, repetition, resolved: { spec, task } }: PlannedEpisode,
  row: Settled | undefined,
): z.infer<typeof episodeSchema> {
  return {
    id,
    family: spec.family.name,
    task: task.id,
    seed: spec.seed,
    repetition,
    status: row?.status ?? "open",
    error: row?.error ?? null,
    progression: row?.progression ?? 0,
    steps: row?.steps ?? null,
    endReason: row?.endReason ?? null,
  };
}
