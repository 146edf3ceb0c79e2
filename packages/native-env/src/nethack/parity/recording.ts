import { z } from "zod";
import { badRecording, readRecordingLines, validRecording } from "../../parity/recording-lines.ts";
import { rawNames } from "../raw-arrays.ts";

/** Seeds are 64-bit; they arrive as strings when they are too long for a double. */
const seed = z.union([z.int().min(0), z.string().regex(/^\d+$/)]).transform(BigInt);
const hash = z.string().regex(/^[0-9a-f]+$/);
const flag = z.union([z.literal(0), z.literal(1), z.boolean()]).transform(Boolean);

/** A game without the text layer: every array after every key, as the beginning of its hash. Row 0 is the first moment of play. */
const rawSchema = z
  .looseObject({
    core: seed,
    disp: seed,
    name: z.string().regex(/^Agent-[\w@-]+$/, "must be like Agent-@"),
    keys: z.array(z.int().min(-1).max(255)),
    arrays: z.array(z.enum(rawNames as [string, ...string[]])),
    rows: z.array(z.array(hash)),
    n: z.int().optional(),
    done: flag.optional(),
    T: z.int().optional(),
    start: hash.optional(),
    final: hash.optional(),
  })
  .refine(({ keys, rows }) => rows.length === keys.length + 1, "there must be one row more than keys")
  .refine(
    ({ arrays, rows }) => rows.every((row) => row.length === arrays.length),
    "each row must have as many hashes as there are arrays",
  );

const texts = z.tuple([z.string(), z.string()]);

/** An episode of the benchmark without its task. Texts come whole (`frames`, `start.long`) or only in the hash of each step. */
export const episodeSchema = z.looseObject({
  core: seed,
  disp: seed,
  clock: z.int().min(0),
  tz: z.literal("UTC"),
  start: z.looseObject({
    long: z.string().optional(),
    short: z.string().optional(),
    sha: hash.optional(),
    chain: hash.optional(),
  }),
  actions: z.array(z.string()),
  steps: z.array(z.tuple([z.number(), flag, flag, hash])),
  frames: z.record(z.string(), texts).default({}),
  stats: z.record(z.string(), z.json()).default({}),
  n: z.int().optional(),
  return: z.number().optional(),
  chain: hash.optional(),
  terminated: flag.optional(),
  truncated: flag.optional(),
});

/** For schemas made from `episodeSchema`. */
export const asManySteps = [
  ({ actions, steps }: TextRecording) => actions.length === steps.length,
  "there must be as many steps as actions",
] as const;

const challengeSchema = z
  .looseObject({ task: z.literal("NetHackChallenge-v0"), ...episodeSchema.shape })
  .refine(...asManySteps);

export type RawRecording = z.output<typeof rawSchema>;
export type TextRecording = z.output<typeof episodeSchema>;
export type Recording =
  | { readonly kind: "raw"; readonly game: RawRecording }
  | { readonly kind: "text"; readonly game: TextRecording };

const lineSchema: z.ZodType<Record<string, unknown>> = z.looseObject({});

/** Reads a recording of either kind; each line tells its own. Throws `UsageError` naming the file, the line and what is wrong with it. */
export async function readRecording(path: string): Promise<Recording[]> {
  const lines = await readRecordingLines(path, lineSchema, ["core", "disp"]);
  return lines.map((line, index) => {
    if ("keys" in line) return { kind: "raw", game: validRecording(path, index + 1, rawSchema, line) };
    if ("actions" in line) return { kind: "text", game: validRecording(path, index + 1, challengeSchema, line) };
    throw badRecording(path, `line ${index + 1} has neither keys nor actions`);
  });
}
