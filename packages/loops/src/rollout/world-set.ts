import { existsSync, readFileSync } from "node:fs";
import { type EnvironmentFamily, UsageError } from "@metamem/core";
import { z } from "zod";
import { largestSeed } from "../episode-spec.ts";
import { suggestion } from "../nearest.ts";
import { knowsTask } from "../registry.ts";
import { worldSetFile, worldSetNames } from "../seeds-folder.ts";

const seedNumber = z.int().min(0).max(largestSeed);

/** Seeds one by one, or as a block of consecutive numbers. */
const seedsSchema = z.union([
  z.array(seedNumber).min(1),
  z.strictObject({ first: seedNumber, count: z.int().min(1).max(1_000_000) }),
]);

/** Which worlds are played for what (architecture §7): `seeds/worlds/*.json`, or a file of the user's own. */
export const worldSetSchema = z.strictObject({
  schema: z.literal("metamem.worlds/1"),
  name: z.string().min(1),
  purpose: z.string().min(1),
  /** Where the seeds come from. */
  origin: z.string().min(1),
  families: z.record(
    z.string(),
    z.strictObject({
      worlds: z
        .array(
          z.strictObject({
            tasks: z.array(z.string()).min(1),
            seeds: seedsSchema,
            /** Agent steps per episode; by default the task's own limit. */
            maxSteps: z.int().min(1).optional(),
          }),
        )
        .min(1),
    }),
  ),
});
export type WorldSet = z.infer<typeof worldSetSchema>;

/** A task and a seed. */
export interface World {
  readonly task: string;
  readonly seed: number;
  readonly maxSteps?: number | undefined;
}

/** `seeds:0-9`: these seeds of the wanted tasks, else of each family's first one, for trying things out. */
const adHoc = /^seeds:(\d+)(?:-(\d+))?$/;

/**
 * A shipped set by name, a file given as a path, or `seeds:<from>-<to>` (null: made up per family by `worldsOf`).
 * @throws UsageError when there is no such set or the file is none.
 */
export function loadWorldSet(nameOrPath: string): WorldSet | null {
  if (adHoc.test(nameOrPath)) return null;
  const names = worldSetNames();
  const path = names.includes(nameOrPath) ? worldSetFile(nameOrPath) : nameOrPath;
  if (!existsSync(path)) {
    throw new UsageError(
      "worlds",
      `unknown world set '${nameOrPath}': there are ${names.join(", ")}; or give a JSON file, or seeds:0-9.${suggestion(nameOrPath, names)}`,
    );
  }
  const parsed = worldSetSchema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError("worlds", `${path}: ${issue?.path.join(".") || "top level"}: ${issue?.message ?? "invalid"}`);
}

/**
 * The worlds of one family in a set, in the set's order. `wanted` names tasks, of which the family need not have all; without any, all worlds count.
 * @throws UsageError when the set has no worlds of the family, or names a task that the family does not have.
 */
export function worldsOf(nameOrPath: string, family: EnvironmentFamily, wanted: readonly string[] = []): World[] {
  const set = loadWorldSet(nameOrPath);
  if (set === null) return adHocWorlds(nameOrPath, family, wanted);
  const worlds = listedWorlds(set, family);
  return wanted.length === 0 ? worlds : worlds.filter(({ task }) => wanted.includes(task));
}

function listedWorlds(set: WorldSet, family: EnvironmentFamily): World[] {
  const listed = Object.hasOwn(set.families, family.name) ? set.families[family.name] : undefined;
  if (listed === undefined) {
    const names = Object.keys(set.families).join(", ");
    throw new UsageError("worlds", `the world set '${set.name}' has no worlds of ${family.name}, only of ${names}`);
  }
  const known = new Set(family.tasks.map((task) => task.id));
  return listed.worlds.flatMap(({ tasks, seeds, maxSteps }) =>
    tasks.flatMap((task) => {
      if (!known.has(task)) {
        throw new UsageError(
          "worlds",
          `the world set '${set.name}' names the task '${task}' of ${family.name}, which has only ${[...known].join(", ")}`,
        );
      }
      return seedList(seeds).map((seed) => ({ task, seed, maxSteps }));
    }),
  );
}

/** The seeds of an entry, one by one. */
export function seedList(seeds: z.infer<typeof seedsSchema>): readonly number[] {
  return "first" in seeds ? Array.from({ length: seeds.count }, (_, index) => seeds.first + index) : seeds;
}

function adHocWorlds(text: string, family: EnvironmentFamily, wanted: readonly string[]): World[] {
  const [, from = "0", to = from] = adHoc.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (last < first || last > largestSeed || last - first >= 1_000_000) {
    throw new UsageError("worlds", `'${text}' is no range of seeds: write seeds:0-9, smaller number first`);
  }
  const tasks =
    wanted.length === 0
      ? family.tasks.slice(0, 1).map(({ id }) => id)
      : wanted.filter((task) => knowsTask(family, task));
  const seeds = seedList({ first, count: last - first + 1 });
  return tasks.flatMap((task) => seeds.map((seed) => ({ task, seed })));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new UsageError("worlds", `${path} cannot be read as JSON`, { cause });
  }
}
