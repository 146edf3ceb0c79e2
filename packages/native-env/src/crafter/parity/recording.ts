import { z } from "zod";
import { badRecording, readRecordingLines, validRecording } from "../../parity/recording-lines.ts";

/**
 * One line of a file of reference recordings (spec crafter §13). What is absent is not checked; what is there must have
 * this form. Texts come whole (`texts`) or as hashes (`texts_sha`).
 */
const pair = z.union([z.tuple([z.int(), z.int()]), z.int().transform((side): [number, number] => [side, side])]);
const crc = z.int().min(0);
const counts = z.record(z.string(), z.int());
const textPair = z.tuple([z.string(), z.string()]);

/** Order of the values of a step where the recording does not say. */
const defaultStepFields = [
  "reward",
  "done",
  "x",
  "y",
  "fx",
  "fy",
  "inventory",
  "semantic_crc",
  "n_objects",
  "sleeping",
  "rng_crc",
];

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
  step_fields: z.array(z.string()).min(1).default(defaultStepFields),
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

/** What a recording holds beside the documented fields: names that nothing here checks. */
export function unknownFields(episode: RecordedEpisode): string[] {
  const unknown = (value: object, schema: z.ZodObject) => Object.keys(value).filter((key) => !(key in schema.shape));
  const env = unknown(episode.env, episodeSchema.shape.env);
  return [...unknown(episode, episodeSchema), ...env.map((key) => `env.${key}`)];
}

const anyLine = z.unknown();

/** Reads a recording, gzipped or not. Throws `UsageError` naming the file, the line and what is wrong with it. */
export async function readRecording(path: string): Promise<RecordedEpisode[]> {
  const values = await readRecordingLines(path, anyLine, ["seed"]);
  return values.map((value, index) => {
    if (!looksLikeCrafter(value)) throw badRecording(path, `line ${index + 1} is no Crafter recording`);
    const episode = validRecording(path, index + 1, episodeSchema, value);
    const problem = contradiction(episode);
    if (problem !== null) throw badRecording(path, `line ${index + 1}${problem}`);
    return episode;
  });
}

/** Recordings of other games have neither field. */
function looksLikeCrafter(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("mode" in value || "env" in value);
}

/** Values that no step would ever be compared with: they must not pass as checked. Null when there are none. */
function contradiction(episode: RecordedEpisode): string | null {
  const { actions, steps, step_fields: fields } = episode;
  const n = actions.length;
  if (steps.length !== n) return `: ${n} actions but ${steps.length} steps`;
  const short = steps.findIndex((row) => row.length !== fields.length);
  if (short >= 0) return `, step ${short + 1}: ${steps[short]?.length} of ${fields.length} values`;
  for (const name of ["texts", "texts_sha", "texts_alt", "texts_alt_sha", "frames"] as const) {
    const outside = Object.keys(episode[name]).find((key) => !/^[1-9]\d*$/.test(key) || Number(key) > n);
    if (outside !== undefined) return `, ${name}: no step "${outside}" among 1 to ${n}`;
  }
  const never = Object.entries(episode.achievements ?? {}).find(([, step]) => step < 1 || step > n);
  return never === undefined ? null : `, achievements.${never[0]}: no step ${never[1]} among 1 to ${n}`;
}
