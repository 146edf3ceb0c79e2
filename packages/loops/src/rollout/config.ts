import { resolve } from "node:path";
import { type Protocol, protocolSchema, UsageError } from "@metamem/core";
import { z } from "zod";
import { defaultFamily, largestSeed, requestDefaults } from "../episode-spec.ts";
import { loadProtocol } from "../seeds-folder.ts";

/** USD per million tokens; `cached` for prompt tokens that came from the prefix cache, by default as dear as the others. */
export const priceSchema = z.strictObject({
  input: z.number().min(0),
  output: z.number().min(0),
  cached: z.number().min(0).optional(),
});
export type Price = z.infer<typeof priceSchema>;

const minutes = z.number().positive();
const seconds = z.number().positive();

/** What is played: with the code, it decides every episode's identity. */
const playShape = {
  /** A world set's name or file, or `seeds:0-9`. */
  worlds: z.string().min(1),
  /** Registered families, or module paths. */
  env: z.array(z.string().min(1)).min(1),
  /** Only these tasks of the set; all when empty. */
  tasks: z.array(z.string()),
  scaffold: z.string().min(1),
  model: z.string().min(1),
  memoryModel: z.string().min(1).nullable(),
  gameplayModel: z.string().min(1).nullable(),
  episodesPerWorld: z.int().min(1).max(10_000),
  /** Root of the sampling seeds; the k-th episode of a world has root + k. */
  samplingSeed: z.int().min(0).max(largestSeed),
  /** Instead of the world set's own limits. */
  maxSteps: z.int().min(1).nullable(),
};

/** How it is run: may differ from session to session without changing any result. */
const operationShape = {
  concurrency: z.union([z.literal("auto"), z.int().min(1).max(65_535)]),
  /** Child processes; 0 plays in the program's own. */
  shards: z.int().min(0).max(1024),
  limits: z.strictObject({
    /** One try of a model call; a whole call has three times as long. */
    callSeconds: seconds.default(600),
    /** One step of an environment. Games that run in the process itself can only be stopped with it, so only shards enforce it on them. */
    stepSeconds: seconds.default(60),
    /** Wall time of one episode in one session; null for none. */
    episodeMinutes: minutes.nullable().default(null),
  }),
  /** Bounds on the whole run, all sessions together; `minutes` on this session. */
  budget: z.strictObject({
    cost: z.number().positive().nullable().default(null),
    tokens: z.int().positive().nullable().default(null),
    minutes: minutes.nullable().default(null),
  }),
  prices: z.strictObject({
    memory: priceSchema.nullable().default(null),
    gameplay: priceSchema.nullable().default(null),
  }),
  /** Adapters by the name that models are played under: the folder from which the servers read each, absolute. */
  adapters: z.record(z.string(), z.string().min(1)).default({}),
};

export const playConfigSchema = z.strictObject({ ...playShape, protocol: protocolSchema });
export type PlayConfig = z.infer<typeof playConfigSchema>;
export const operationConfigSchema = z.strictObject(operationShape);
export type OperationConfig = z.infer<typeof operationConfigSchema>;

/** A rollout with every default filled in. */
export interface RolloutConfig {
  readonly play: PlayConfig;
  readonly operation: OperationConfig;
}

const partial = <S extends z.ZodRawShape>(shape: S) => z.strictObject(shape).partial();

/** Names as options take them, `one,two`, are a list too. */
const names = (list: z.ZodType<string[]>) =>
  z.preprocess((given) => (typeof given === "string" ? given.split(",").map((name) => name.trim()) : given), list);

/** What a config file may hold; everything is optional. `protocol` is a name, or switches over the set named by `base`. */
const inputSchema = z.strictObject({
  ...partial({ ...playShape, env: names(playShape.env), tasks: names(playShape.tasks) }).shape,
  ...partial(operationShape).shape,
  limits: operationShape.limits.prefault({}),
  budget: operationShape.budget.prefault({}),
  prices: operationShape.prices.prefault({}),
  adapters: operationShape.adapters,
  protocol: z.union([z.string(), protocolSchema.partial().extend({ base: z.string().optional() })]).optional(),
});

/** The families that know the tasks; for tasks that no registered family knows, and for none, the default one. */
function familiesOf(tasks: readonly string[]): string[] {
  return tasks.length === 0 ? [defaultFamily()] : [...new Set(tasks.map((task) => defaultFamily(task)))];
}

/** Fills in the defaults of a config as read from a file and options. @throws UsageError naming the key that is wrong. */
export function resolveConfig(input: unknown): RolloutConfig {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) throw badConfig(parsed.error);
  const given = parsed.data;
  return {
    play: {
      worlds: given.worlds ?? "published",
      env: given.env ?? familiesOf(given.tasks ?? []),
      tasks: given.tasks ?? [],
      scaffold: given.scaffold ?? requestDefaults.scaffold,
      model: given.model ?? requestDefaults.model,
      memoryModel: given.memoryModel ?? null,
      gameplayModel: given.gameplayModel ?? null,
      episodesPerWorld: given.episodesPerWorld ?? 1,
      samplingSeed: given.samplingSeed ?? requestDefaults.samplingSeed,
      maxSteps: given.maxSteps ?? null,
      protocol: resolveProtocol(given.protocol),
    },
    operation: {
      concurrency: given.concurrency ?? "auto",
      shards: given.shards ?? 0,
      limits: given.limits,
      budget: given.budget,
      prices: given.prices,
      adapters: Object.fromEntries(Object.entries(given.adapters).map(([name, folder]) => [name, resolve(folder)])),
    },
  };
}

function resolveProtocol(given: z.infer<typeof inputSchema>["protocol"]): Protocol {
  if (given === undefined || typeof given === "string") return loadProtocol(given ?? requestDefaults.protocol);
  const { base, ...switches } = given;
  const whole = protocolSchema.safeParse({ ...loadProtocol(base ?? requestDefaults.protocol), ...switches });
  if (whole.success) return whole.data;
  throw badConfig(whole.error, "protocol.");
}

function badConfig(error: z.ZodError, prefix = ""): UsageError {
  const issue = error.issues[0];
  const path = issue?.path.join(".") ?? "";
  const what = issue?.code === "unrecognized_keys" ? `has no setting ${issue.keys.join(", ")}` : issue?.message;
  return new UsageError("config", `config: ${prefix}${path || "top level"}: ${what ?? "invalid"}`);
}
