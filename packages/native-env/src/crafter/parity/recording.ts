import { z } from "zod";
import { badRecording, readRecordingLines } from "../../parity/recording-lines.ts";

/**
 * One line of a file of reference recordings (spec crafter §13). What is absent is not checked; what is there must have
 * this form. Texts come whole (`texts`) or as hashes (`texts_sha`).
 */
const pair = z.union([z.tuple([z.int(), z.int()]), z.int().transform((side): [number, number] => [side, side])]);
const crc = z.int().min(0);
const counts = z.record(z.string(), z.int());
const textPair = z.tuple([z.string(), z.string()]);

const resetSchema = z.looseObject({
  world_seed: z.int().optional(),
  simplex_seed: z.int().optional(),
  mat_crc: crc.optional(),
  sem_crc: crc.optional(),
  rng_crc: crc.optional(),
  frame_crc: crc.optional(),
  n_obj: z.int().optional(),
  daylight: z.number().optional(),
  mat: z.string().optional(),
  material_counts: z.array(z.int()).optional(),
  counts: counts.optional(),
  chunks: z.array(z.array(z.int())).optional(),
  objects: z.array(z.tuple([z.string(), z.int(), z.int()])).optional(),
});

const episodeSchema = z.looseObject({
  id: z.string(),
  mode: z.enum(["core", "balrog"]),
  env: z.looseObject({
    area: pair.default([64, 64]),
    view: pair.default([9, 9]),
    size: pair.optional(),
    reward: z.boolean().default(true),
    length: z.number().nullable().default(10_000),
  }),
  /** Any integer; a string when it is too long for a double. */
  seed: z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform(BigInt),
  episode: z.int().min(1).default(1),
  renders_per_step: z.int().min(0).optional(),
  reset: resetSchema.default({}),
  actions: z.array(z.int().min(0).max(16)),
  n: z.int().optional(),
  step_fields: z.array(z.string()).optional(),
  steps: z.array(z.array(z.union([z.number(), z.string()]))),
  /** Step of the first unlock of each. */
  achievements: counts.optional(),
  final_achievement_counts: counts.optional(),
  texts: z.record(z.string(), textPair).default({}),
  texts_sha: z.record(z.string(), textPair).default({}),
  texts_alt: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  texts_alt_sha: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  frames: z.record(z.string(), crc).default({}),
});

export type RecordedEpisode = z.output<typeof episodeSchema>;
export type RecordedReset = z.output<typeof resetSchema>;

/** Reads a recording. Throws `UsageError` naming the file, the line and what is wrong with it. */
export async function readRecording(path: string): Promise<RecordedEpisode[]> {
  const episodes = await readRecordingLines(path, episodeSchema, ["seed"]);
  for (const [index, { actions, steps }] of episodes.entries()) {
    if (actions.length === steps.length) continue;
    throw badRecording(path, `line ${index + 1}: ${actions.length} actions but ${steps.length} steps`);
  }
  return episodes;
}
