import { type ModelRole, UsageError } from "@metamem/core";
import { z } from "zod";
import { readSeedFile } from "../report/seed-file.ts";
import type { RoleUse } from "./budget.ts";
import { addLength, type Lengths, lengthsSchema } from "./lengths.ts";
import { RunFolder } from "./run-folder.ts";

const perStep = z.strictObject({
  calls: z.number().min(0),
  prompt: z.number().min(0),
  output: z.number().min(0),
});

const familySchema = z.strictObject({
  /** How long the episodes were. */
  lengths: lengthsSchema,
  /** What their steps used on average. */
  perStep: z.strictObject({ memory: perStep, gameplay: perStep }),
});

/** `seeds/averages.json`: what was measured with each shipped scaffold. */
export const averagesSchema = z.strictObject({
  schema: z.literal("metamem.averages/2"),
  scaffolds: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["memory", "context"]),
      origin: z.string(),
      families: z.record(z.string(), familySchema),
    }),
  ),
});

/** How long episodes were and what their steps used, by family. */
export interface Averages {
  /** Where the numbers are from, for people. */
  readonly origin: string;
  readonly families: Readonly<Record<string, z.infer<typeof familySchema>>>;
}

/** A scaffold, as far as averages depend on it. */
export interface AveragedScaffold {
  readonly name: string;
  readonly kind: "memory" | "context";
}

/** The averages that come with the system: the scaffold's own, else those of one that asks the same roles, which `origin` then says. */
export function shippedAverages({ name, kind }: AveragedScaffold): Averages {
  const { scaffolds } = readSeedFile("averages.json", averagesSchema);
  const own = scaffolds.find((one) => one.name === name);
  if (own !== undefined) return own;
  const like = scaffolds.find((one) => one.kind === kind);
  if (like === undefined) return { origin: "nothing was recorded", families: {} };
  return { ...like, origin: `${like.origin}; nothing was recorded with ${name}` };
}

/** The averages of a run's results. @throws UsageError when it has none. */
export function averagesOf(folder: string): Averages {
  const { run, record } = RunFolder.open(folder);
  const limits = new Map(record.episodes.map(({ id, maxSteps }) => [id, maxSteps]));
  const sums = new Map<string, { lengths: Lengths; memory: RoleUse; gameplay: RoleUse }>();
  for (const id of run.settledIds()) {
    const row = run.result(id);
    if (row === null || row.result === null) continue;
    const sum = sums.get(row.family) ?? { lengths: [], memory: noUse(), gameplay: noUse() };
    sums.set(row.family, sum);
    addLength(sum.lengths, limits.get(id) ?? row.result.maxSteps, row.result.steps);
    for (const role of roles) addUse(sum[role], row.result.metrics.tokens[role]);
  }
  if (sums.size === 0) throw new UsageError("averages", `${folder} has no result yet to take averages from`);
  const families = Object.fromEntries(
    [...sums].map(([family, { lengths, memory, gameplay }]) => {
      const steps = lengths.flatMap((one) => one.steps).reduce((sum, length) => sum + length, 0);
      return [family, { lengths, perStep: { memory: share(memory, steps), gameplay: share(gameplay, steps) } }];
    }),
  );
  return { origin: `the results in ${folder}`, families };
}

export const roles: readonly ModelRole[] = ["memory", "gameplay"];

export function noUse(): RoleUse {
  return { calls: 0, prompt: 0, cached: 0, output: 0 };
}

export function addUse(sum: RoleUse, use: Readonly<RoleUse>): void {
  for (const key of ["calls", "prompt", "cached", "output"] as const) sum[key] += use[key];
}

function share({ calls, prompt, output }: RoleUse, steps: number): z.infer<typeof perStep> {
  const of = Math.max(1, steps);
  return { calls: calls / of, prompt: prompt / of, output: output / of };
}
