import {
  type Bundle,
  type EnvironmentFamily,
  formatModelSpec,
  type Hash,
  hashJson,
  jsonObjectSchema,
  loadBundle,
  type Protocol,
  parseModelSpec,
  protocolSchema,
  type TaskSpec,
  UsageError,
} from "@metamem/core";
import { z } from "zod";
import { playedTask } from "./played-task.ts";
import { findFamily, findTask, knowsTask, registeredFamilies } from "./registry.ts";
import { loadProtocol, scaffoldFolder } from "./seeds-folder.ts";

/** What a user asks for; everything has a default. */
export interface EpisodeRequest {
  /** A registered family's name or a module's path. */
  readonly env?: string | undefined;
  readonly task?: string | undefined;
  readonly seed?: number | undefined;
  /** A shipped bundle's name or a folder. */
  readonly scaffold?: string | undefined;
  /** Both roles, unless one is named by itself. */
  readonly model?: string | undefined;
  readonly memoryModel?: string | undefined;
  readonly gameplayModel?: string | undefined;
  /** A named set of seeds/protocols, a JSON file, or the switches themselves. */
  readonly protocol?: string | Protocol | undefined;
  readonly maxSteps?: number | undefined;
  readonly temperature?: number | undefined;
  readonly samplingSeed?: number | undefined;
}

/** The defaults of a request; the environment's is the first registered family. */
export const requestDefaults = {
  seed: 42,
  scaffold: "memory-v0",
  model: "scripted",
  protocol: "default",
  samplingSeed: 0,
} as const;

/** Seeds are 32 bits wide. */
export const largestSeed = 2 ** 32 - 1;

/**
 * What is to be played, with every default filled in and everything named by content: two equal specs ask for the same episode, on any
 * machine. Plain data.
 */
export const episodeSpecSchema = z.strictObject({
  schema: z.literal("metamem.spec/1"),
  family: z.strictObject({ name: z.string(), version: z.string() }),
  /** The task as it is opened, construction options included. */
  task: jsonObjectSchema,
  seed: z.int().min(0).max(largestSeed),
  scaffold: z.strictObject({ name: z.string(), hash: z.string() }),
  models: z.strictObject({ memory: z.string(), gameplay: z.string() }),
  protocol: protocolSchema,
  maxSteps: z.int().min(1),
  samplingSeed: z.int().min(0).max(largestSeed),
});
export type EpisodeSpec = z.infer<typeof episodeSpecSchema>;

/** A spec together with the parts it names, found and checked but not yet opened. */
export interface ResolvedEpisode {
  readonly spec: EpisodeSpec;
  readonly family: EnvironmentFamily;
  readonly task: TaskSpec;
  readonly bundle: Bundle;
  /** Said to people before play: that another task stands in for the one asked for, and why. */
  readonly notice?: string;
}

export function specHash(spec: EpisodeSpec): Hash {
  return hashJson(spec);
}

/** What a set of episodes has in common: found and checked once, shared by all of them. */
export interface EpisodeParts {
  readonly family: EnvironmentFamily;
  readonly bundle: Bundle;
  readonly protocol: Protocol;
  /** In the spec's one spelling. */
  readonly models: EpisodeSpec["models"];
}

/** What tells the episodes of such a set apart. */
export interface EpisodeChoice {
  readonly task?: string | undefined;
  readonly seed: number;
  readonly samplingSeed: number;
  readonly maxSteps?: number | undefined;
}

/** Finds everything a request names. Reads files, opens nothing; what cannot be found is a UsageError. */
export async function resolveRequest(request: EpisodeRequest): Promise<ResolvedEpisode> {
  const parts = await resolveParts(request);
  return resolveEpisode(parts, {
    task: request.task,
    seed: request.seed ?? requestDefaults.seed,
    samplingSeed: request.samplingSeed ?? requestDefaults.samplingSeed,
    maxSteps: request.maxSteps,
  });
}

/** The shared parts of a request. Reads files, opens nothing; what cannot be found is a UsageError. */
export async function resolveParts(request: EpisodeRequest): Promise<EpisodeParts> {
  const family = await findFamily(request.env ?? defaultFamily(request.task));
  const bundle = loadBundle(scaffoldFolder(request.scaffold ?? requestDefaults.scaffold));
  checkFamily(bundle, family);
  const { protocol: asked = requestDefaults.protocol, temperature } = request;
  const protocol = typeof asked === "string" ? loadProtocol(asked) : asked;
  const model = request.model ?? requestDefaults.model;
  return {
    family,
    bundle,
    protocol: temperature === undefined ? protocol : { ...protocol, temperature },
    models: {
      memory: modelName(request.memoryModel ?? model),
      gameplay: modelName(request.gameplayModel ?? model),
    },
  };
}

/** One episode of a set; a task that does not exist or a number out of range is a UsageError. */
export async function resolveEpisode(
  { family, bundle, protocol, models }: EpisodeParts,
  choice: EpisodeChoice,
): Promise<ResolvedEpisode> {
  const { task: played, ...notice } = playedTask(family, await findTask(family, choice.task));
  const task = configuredTask(played, family, protocol);
  const spec = episodeSpecSchema.safeParse({
    schema: "metamem.spec/1",
    family: { name: family.name, version: family.version },
    task,
    seed: choice.seed,
    scaffold: { name: bundle.manifest.name, hash: bundle.hash },
    models,
    protocol,
    maxSteps: choice.maxSteps ?? task.maxSteps,
    samplingSeed: choice.samplingSeed,
  });
  if (!spec.success) throw badRequest(spec.error);
  return { spec: spec.data, family, task, bundle, ...notice };
}

/** The task with the construction options that the protocol sets for this family. */
export function configuredTask(task: TaskSpec, family: EnvironmentFamily, protocol: Protocol): TaskSpec {
  const words = protocol.textSubstitutions ? family.textSubstitutions : {};
  return { ...task, options: { ...task.options, ...words, ...protocol.environment[family.name] } };
}

/** The name commands use when none is given: of the family that has the task or reads its file, else of the first. */
export function defaultFamily(task?: string): string {
  const families = registeredFamilies();
  const family = families.find((known) => task !== undefined && knowsTask(known, task)) ?? families[0];
  if (family !== undefined) return family.name;
  throw new UsageError("environment", "no environment is registered: give --env a module's path");
}

function checkFamily(bundle: Bundle, family: EnvironmentFamily): void {
  const { name, families } = bundle.manifest;
  if (families.includes("*") || families.includes(family.name)) return;
  throw new UsageError("scaffold", `the scaffold ${name} is for ${families.join(", ")}, not for ${family.name}`);
}

/** The spec's one spelling, so that equal models have equal names. */
function modelName(text: string): string {
  return formatModelSpec(parseModelSpec(text));
}

function badRequest(error: z.ZodError): UsageError {
  const issue = error.issues[0];
  return new UsageError("option", `${issue?.path.join(".") ?? "request"}: ${issue?.message ?? "invalid"}`);
}
