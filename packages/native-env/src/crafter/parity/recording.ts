import { gunzipSync } from "node:zlib";
import { UsageError } from "@metamem/core";
import { z } from "zod";

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

/** Reads a recording, gzipped or not. Throws `UsageError` naming the file, the line and what is wrong with it. */
export async function readRecording(path: string): Promise<RecordedEpisode[]> {
  const lines = (await readText(path)).split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw bad(path, "it is empty");
  return lines.map((line, index) => parseEpisode(path, index + 1, line));
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await Bun.file(path).bytes();
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return Buffer.from(isGzip ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (cause) {
    throw bad(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function parseEpisode(path: string, line: number, text: string): RecordedEpisode {
  const result = episodeSchema.safeParse(parseJson(path, line, text));
  if (!result.success) {
    const issue = result.error.issues[0];
    throw bad(path, `line ${line}, ${issue?.path.join(".") || "the episode"}: ${issue?.message ?? "not valid"}`);
  }
  const episode = result.data;
  if (episode.actions.length !== episode.steps.length) {
    throw bad(path, `line ${line}: ${episode.actions.length} actions but ${episode.steps.length} steps`);
  }
  return episode;
}

function parseJson(path: string, line: number, text: string): unknown {
  try {
    // Seeds may be longer than a double is exact; they travel as strings.
    return JSON.parse(text.replace(/"seed"\s*:\s*(-?\d{16,})(?=\s*[,}])/, '"seed": "$1"'));
  } catch (cause) {
    throw bad(path, `line ${line} is not JSON`, cause);
  }
}

function bad(path: string, problem: string, cause?: unknown): UsageError {
  return new UsageError("bad_recording", `cannot check ${path}: ${problem}`, { cause });
}
