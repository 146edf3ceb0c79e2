import { z } from "zod";
import { SetupError } from "../errors.ts";

/**
 * The parts of a Hugging Face `tokenizer.json` that a byte-level BPE needs. What is not understood is refused by name: a tokenizer read
 * only in part would count wrongly without anybody noticing.
 */

const addedTokenSchema = z.object({
  id: z.int().nonnegative(),
  content: z.string().min(1),
  single_word: z.boolean().default(false),
  lstrip: z.boolean().default(false),
  rstrip: z.boolean().default(false),
  normalized: z.boolean().default(true),
});
export type AddedToken = z.infer<typeof addedTokenSchema>;

const unicodeFormSchema = z.object({ type: z.enum(["NFC", "NFD", "NFKC", "NFKD"]) });
const normalizerSchema = z.union([
  unicodeFormSchema,
  z.object({ type: z.literal("Sequence"), normalizers: z.array(unicodeFormSchema) }),
]);

const splitSchema = z.object({
  type: z.literal("Split"),
  pattern: z.union([z.object({ Regex: z.string() }), z.object({ String: z.string().min(1) })]),
  behavior: z.enum(["Isolated", "Removed"]),
  invert: z.literal(false).default(false),
});
const digitsSchema = z.object({ type: z.literal("Digits"), individual_digits: z.boolean().default(false) });
const byteLevelSchema = z.object({
  type: z.literal("ByteLevel"),
  add_prefix_space: z.boolean().default(true),
  use_regex: z.boolean().default(true),
});
const stepSchema = z.discriminatedUnion("type", [splitSchema, digitsSchema, byteLevelSchema]);
/** One step of pre-tokenisation. */
export type SplitStep = z.infer<typeof stepSchema>;

const preTokenizerSchema = z.union([
  stepSchema,
  z.object({ type: z.literal("Sequence"), pretokenizers: z.array(stepSchema) }),
]);

const noAffix = z.literal("").nullish();
const modelSchema = z.object({
  type: z.literal("BPE"),
  dropout: z.literal(0).nullish(),
  continuing_subword_prefix: noAffix,
  end_of_word_suffix: noAffix,
  byte_fallback: z.literal(false).nullish(),
  ignore_merges: z.boolean().nullish(),
  // 150 000 entries each: checked where they are read.
  vocab: z.custom<Readonly<Record<string, number>>>((value) => typeof value === "object" && value !== null),
  merges: z.array(z.custom<string | readonly [string, string]>()),
});

const fileSchema = z.object({
  added_tokens: z.array(addedTokenSchema).default([]),
  normalizer: normalizerSchema.nullish(),
  pre_tokenizer: preTokenizerSchema,
  model: modelSchema,
});

export type UnicodeForm = z.infer<typeof unicodeFormSchema>["type"];

export interface TokenizerFile {
  readonly addedTokens: readonly AddedToken[];
  readonly normalizers: readonly UnicodeForm[];
  /** Ends with the byte-level step. */
  readonly steps: readonly SplitStep[];
  readonly vocab: Readonly<Record<string, number>>;
  readonly merges: readonly (string | readonly [string, string])[];
  /** A piece that is a vocabulary entry is that one token, whatever the merges say. */
  readonly wholePieces: boolean;
}

/**
 * Reads the JSON value of a `tokenizer.json`.
 * @throws SetupError that names the field when it is no byte-level BPE tokenizer, or does something that is not understood here.
 */
export function readTokenizerFile(json: unknown, where: string): TokenizerFile {
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw notByteLevel(where, `${issue?.path.join(".") || "top level"}: ${issue?.message ?? "invalid"}`);
  }
  const { added_tokens, normalizer, pre_tokenizer, model } = parsed.data;
  const steps = pre_tokenizer.type === "Sequence" ? pre_tokenizer.pretokenizers : [pre_tokenizer];
  const byteLevel = steps.findIndex((step) => step.type === "ByteLevel");
  if (byteLevel < 0 || byteLevel !== steps.length - 1) {
    throw notByteLevel(where, "pre_tokenizer: its last step and no other must be ByteLevel");
  }
  const normalizers = normalizer === null || normalizer === undefined ? [] : formsOf(normalizer);
  return {
    addedTokens: added_tokens,
    normalizers,
    steps,
    vocab: model.vocab,
    merges: model.merges,
    wholePieces: model.ignore_merges === true,
  };
}

function formsOf(normalizer: z.infer<typeof normalizerSchema>): UnicodeForm[] {
  return normalizer.type === "Sequence" ? normalizer.normalizers.map(({ type }) => type) : [normalizer.type];
}

export function notByteLevel(where: string, problem: string): SetupError {
  return new SetupError("tokenizer", `${where} is no byte-level BPE tokenizer that can be counted exactly: ${problem}`);
}
