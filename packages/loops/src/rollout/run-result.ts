import { z } from "zod";
import { episodeResultSchema } from "../result.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What came of one episode of a run, written once and never changed: `results/<id>.json`. `set_aside` is an episode that killed its
 * process again and again; like `failed` it counts as zero. Outside `result.operational` and `operational` nothing depends on when or
 * where it was played.
 */
export const runRowSchema = z.strictObject({
  schema: z.literal("metamem.run-episode/1"),
  id: hash,
  family: z.string(),
  task: z.string(),
  seed: z.int(),
  repetition: z.int().nonnegative(),
  status: z.enum(["finished", "failed", "set_aside"]),
  /** Why it failed or was set aside. */
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  /** Fraction 0…1. */
  progression: z.number().min(0).max(1),
  /** Null when the episode was set aside. */
  result: episodeResultSchema.nullable(),
  operational: z.strictObject({ settledAt: z.iso.datetime() }),
});
export type RunRow = z.infer<typeof runRowSchema>;

/** What is wrong with an episode that has no result yet. `boundary` is where the failure belongs (core's error tree). */
export const openReasonSchema = z.strictObject({
  code: z.string(),
  boundary: z.string(),
  message: z.string(),
});
export type OpenReason = z.infer<typeof openReasonSchema>;

/** How playing an episode ended: with a result, or open, to be continued by a resume. */
export type PlayOutcome =
  | { readonly kind: "settled"; readonly row: RunRow }
  | { readonly kind: "open"; readonly status: "interrupted" | "void"; readonly reason: OpenReason };
