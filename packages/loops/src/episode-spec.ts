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
import { findFamily, findTask, registeredFamilies } from "./registry.ts";
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
  readonly protocol?: string | undefined;
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
}

export function specHash(spec: EpisodeSpec): Hash {
  return hashJson(spec);
}

/** Finds everything a request names. Reads files, opens nothing; what cannot be found is a UsageError. */
export async function resolveRequest(request: EpisodeRequest): Promise<ResolvedEpisode> {
  const family = await findFamily(request.env ?? defaultFamily(request.task));
  const bundle = loadBundle(scaffoldFolder(request.scaffold ?? requestDefaults.scaffold));
  checkFamily(bundle, family);
  const named = loadProtocol(request.protocol ?? requestDefaults.protocol);
  const protocol = request.temperature === undefined ? named : { ...named, temperature: request.temperature };
  const task = configuredTask(await findTask(family, request.task), family, protocol);
  const model = request.model ?? requestDefaults.model;
  const spec = episodeSpecSchema.safeParse({
    schema: "metamem.spec/1",
    family: { name: family.name, version: family.version },
    task,
    seed: request.seed ?? requestDefaults.seed,
    scaffold: { name: bundle.manifest.name, hash: bundle.hash },
    models: {
      memory: modelName(request.memoryModel ?? model),
      gameplay: modelName(request.gameplayModel ?? model),
    },
    protocol,
    maxSteps: request.maxSteps ?? task.maxSteps,
    samplingSeed: request.samplingSeed ?? requestDefaults.samplingSeed,
  });
  if (!spec.success) throw badRequest(spec.error);
  return { spec: spec.data, family, task, bundle };
}

/** The task with the construction options that the protocol sets for this family. */
export function configuredTask(task: TaskSpec, family: EnvironmentFamily, protocol: Protocol): TaskSpec {
  const words = protocol.textSubstitutions ? family.textSubstitutions : {};
  return { ...task, options: { ...task.options, ...words, ...protocol.environment[family.name] } };
}

/** The name commands use when none is given: of the family that reads the task's file, if the task is one, else of the first. */
export function defaultFamily(task?: string): string {
  const families = registeredFamilies();
  const reader = families.find(({ taskFiles }) => taskFiles !== undefined && task?.endsWith(taskFiles.ending));
  const family = reader ?? families[0];
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
