import type { Estimate, PlannedEpisode } from "@metamem/loops";
import { table } from "./layout.ts";
import { plural, short } from "./numbers.ts";

/** What a dry run says. */
export function estimateLines(left: readonly PlannedEpisode[], settled: number, expected: Estimate): string[] {
  const groups = new Map<string, { episodes: number; seeds: Set<number>; maxSteps: number }>();
  for (const { resolved } of left) {
    const { spec, task } = resolved;
    const name = `${spec.family.name} ${task.id}`;
    const group = groups.get(name) ?? { episodes: 0, seeds: new Set(), maxSteps: 0 };
    groups.set(name, group);
    group.episodes += 1;
    group.seeds.add(spec.seed);
    group.maxSteps = Math.max(group.maxSteps, spec.maxSteps);
  }
  const rows = [...groups].map(([name, { episodes, seeds, maxSteps }]) => [
    name,
    String(episodes),
    String(seeds.size),
    String(maxSteps),
  ]);
  return [
    `${plural(left.length, "episode")} to play${settled > 0 ? `, ${settled} have a result already` : ""}`,
    "",
    ...table([["", "episodes", "seeds", "steps at most"], ...rows]),
    "",
    ...expectation(expected),
  ];
}

function expectation({ origin, unknown, calls, promptTokens, outputTokens, steps, cost }: Estimate): string[] {
  const money = cost === null ? noCost(unknown) : `$${cost.toFixed(2)} without prefix caching`;
  return [
    `expected: ${short(steps)} steps, ${short(calls)} calls, ${short(promptTokens)} tokens in, ${short(outputTokens)} out; ${money}`,
    `  by averages from ${origin}${unknown > 0 ? `; ${plural(unknown, "episode")} without any, not counted` : ""}`,
  ];
}

function noCost(unknown: number): string {
  if (unknown > 0)
    return `no cost, as ${plural(unknown, "episode")} could not be counted: name a run of such episodes by --averages`;
  return "no cost: give --price <input>/<output>, USD per million tokens";
}
