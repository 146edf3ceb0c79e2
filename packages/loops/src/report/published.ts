import { z } from "zod";
import { loadWorldSet, seedList } from "../rollout/world-set.ts";
import type { ReportedEpisode } from "./run-rows.ts";
import { readSeedFile } from "./seed-file.ts";

const meanAndErrorSchema = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);
const changeSchema = z.tuple([z.number(), z.number()]);

/** `seeds/published.json`: what was published about the method (spec automem §7.1, §7.2). Shares are fractions. */
export const publishedSchema = z.strictObject({
  schema: z.literal("metamem.published/1"),
  source: z.string(),
  /** Why our numbers cannot be these, whatever is played. */
  note: z.string(),
  /** Episodes behind each mean, by family. */
  episodes: z.record(z.string(), z.int().positive()),
  groups: z.array(
    z.strictObject({
      title: z.string(),
      rows: z.array(
        z.strictObject({
          name: z.string(),
          /** Mean and standard error (population deviation), by family. */
          progression: z.record(z.string(), meanAndErrorSchema),
        }),
      ),
    }),
  ),
  behaviour: z.strictObject({
    note: z.string(),
    /** By rate, as in the metrics; then by family: before and after. */
    rates: z.array(
      z.strictObject({
        rate: z.string(),
        before: z.string(),
        after: z.string(),
        families: z.record(z.string(), changeSchema),
      }),
    ),
  }),
});
export type Published = z.infer<typeof publishedSchema>;

export function loadPublished(): Published {
  return readSeedFile("published.json", publishedSchema);
}

/** How the worlds of a family in a run relate to the published ones. Null when the published set has none of the family. */
export function standing(
  family: string,
  episodes: readonly ReportedEpisode[],
): { worlds: number; played: number; others: number; same: boolean } | null {
  const listed = publishedWorlds(family);
  if (listed === null) return null;
  const played = new Set(episodes.map(({ task, seed, maxSteps }) => worldKey(task, seed, maxSteps)));
  const others = [...played].filter((key) => !listed.has(key)).length;
  const both = played.size - others;
  return { worlds: listed.size, played: both, others, same: others === 0 && both === listed.size };
}

function publishedWorlds(family: string): Set<string> | null {
  const set = loadWorldSet("published");
  if (set === null || !Object.hasOwn(set.families, family)) return null;
  const entries = set.families[family]?.worlds ?? [];
  return new Set(
    entries.flatMap(({ tasks, seeds, maxSteps }) =>
      tasks.flatMap((task) => seedList(seeds).map((seed) => worldKey(task, seed, maxSteps ?? 0))),
    ),
  );
}

function worldKey(task: string, seed: number, maxSteps: number): string {
  return JSON.stringify([task, seed, maxSteps]);
}
