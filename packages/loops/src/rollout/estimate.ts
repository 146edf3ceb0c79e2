import { existsSync, readFileSync } from "node:fs";
import { type ModelRole, UsageError } from "@metamem/core";
import { z } from "zod";
import { averagesFile } from "../seeds-folder.ts";
import { costOf, type RoleUse } from "./budget.ts";
import type { OperationConfig } from "./config.ts";
import type { PlannedEpisode } from "./plan.ts";
import { RunFolder } from "./run-folder.ts";

const perStep = z.strictObject({
  calls: z.number().min(0),
  prompt: z.number().min(0),
  output: z.number().min(0),
});

/** What an episode's steps used on average, by family: `seeds/averages.json`, or measured on a run. */
export const averagesSchema = z.strictObject({
  schema: z.literal("metamem.averages/1"),
  origin: z.string(),
  families: z.record(
    z.string(),
    z.strictObject({
      /** Steps an episode took, as a share of its limit. */
      stepShare: z.number().min(0).max(1),
      perStep: z.strictObject({ memory: perStep, gameplay: perStep }),
    }),
  ),
});
export type Averages = z.infer<typeof averagesSchema>;

/** What a plan will probably use. */
export interface Estimate {
  readonly origin: string;
  /** Episodes that nothing is known about; they are not in the sums. */
  readonly unknown: number;
  readonly steps: number;
  readonly calls: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** USD without prefix caching; null without prices. */
  readonly cost: number | null;
}

/** The averages that come with the system. */
export function shippedAverages(): Averages {
  const path = averagesFile();
  if (!existsSync(path)) return { schema: "metamem.averages/1", origin: "nothing was recorded", families: {} };
  return averagesSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** The averages of a run's results. @throws UsageError when it has none. */
export function averagesOf(folder: string): Averages {
  const { run, record } = RunFolder.open(folder);
  const limits = new Map(record.episodes.map(({ id, maxSteps }) => [id, maxSteps]));
  const sums = new Map<string, { steps: number; limit: number; memory: RoleUse; gameplay: RoleUse }>();
  for (const id of run.settledIds()) {
    const row = run.result(id);
    if (row === null || row.result === null) continue;
    const sum = sums.get(row.family) ?? { steps: 0, limit: 0, memory: noUse(), gameplay: noUse() };
    sums.set(row.family, sum);
    sum.steps += row.result.steps;
    sum.limit += limits.get(id) ?? row.result.maxSteps;
    for (const role of roles) add(sum[role], row.result.metrics.tokens[role]);
  }
  if (sums.size === 0) throw new UsageError("averages", `${folder} has no result yet to take averages from`);
  const families = Object.fromEntries(
    [...sums].map(([family, { steps, limit, ...use }]) => [
      family,
      { stepShare: steps / limit, perStep: { memory: share(use.memory, steps), gameplay: share(use.gameplay, steps) } },
    ]),
  );
  return { schema: "metamem.averages/1", origin: `the results in ${folder}`, families };
}

/** What these episodes will probably use. */
export function estimate(
  episodes: readonly PlannedEpisode[],
  averages: Averages,
  prices: OperationConfig["prices"],
): Estimate {
  const used = { memory: noUse(), gameplay: noUse() };
  let [steps, unknown] = [0, 0];
  for (const { resolved } of episodes) {
    const known = averages.families[resolved.family.name];
    if (known === undefined) {
      unknown += 1;
      continue;
    }
    const expected = known.stepShare * resolved.spec.maxSteps;
    steps += expected;
    for (const role of roles) {
      const { calls, prompt, output } = known.perStep[role];
      add(used[role], { calls: calls * expected, prompt: prompt * expected, cached: 0, output: output * expected });
    }
  }
  const sum = (key: "calls" | "prompt" | "output") => Math.round(used.memory[key] + used.gameplay[key]);
  const { memory, gameplay } = prices;
  const priced = memory !== null && gameplay !== null && unknown === 0;
  return {
    origin: averages.origin,
    unknown,
    steps: Math.round(steps),
    calls: sum("calls"),
    promptTokens: sum("prompt"),
    outputTokens: sum("output"),
    cost: priced ? costOf(used.memory, memory) + costOf(used.gameplay, gameplay) : null,
  };
}

const roles: readonly ModelRole[] = ["memory", "gameplay"];

function noUse(): RoleUse {
  return { calls: 0, prompt: 0, cached: 0, output: 0 };
}

function add(sum: RoleUse, use: Readonly<RoleUse>): void {
  for (const key of ["calls", "prompt", "cached", "output"] as const) sum[key] += use[key];
}

function share({ calls, prompt, output }: RoleUse, steps: number): z.infer<typeof perStep> {
  const of = Math.max(1, steps);
  return { calls: calls / of, prompt: prompt / of, output: output / of };
}
