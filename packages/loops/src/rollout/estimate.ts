import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Hash, openTraceReader, TraceError } from "@metamem/core";
import { latestJournal } from "../queue/attempts.ts";
import { type Averages, addUse, noUse, roles } from "./averages.ts";
import { costOf } from "./budget.ts";
import type { OperationConfig } from "./config.ts";
import { expectedSteps } from "./lengths.ts";
import type { PlannedEpisode } from "./plan.ts";
import type { RunFolder } from "./run-folder.ts";

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

/** What these episodes will probably use from now on. `played` gives the steps that an episode has been played already. */
export function estimate(
  episodes: readonly PlannedEpisode[],
  averages: Averages,
  prices: OperationConfig["prices"],
  played: (episode: PlannedEpisode) => number = () => 0,
): Estimate {
  const used = { memory: noUse(), gameplay: noUse() };
  let [steps, unknown] = [0, 0];
  for (const episode of episodes) {
    const { family, spec } = episode.resolved;
    const known = averages.families[family.name];
    if (known === undefined) {
      unknown += 1;
      continue;
    }
    const before = played(episode);
    const expected = Math.max(0, expectedSteps(known.lengths, spec.maxSteps, before) - before);
    steps += expected;
    for (const role of roles) {
      const { calls, prompt, output } = known.perStep[role];
      addUse(used[role], { calls: calls * expected, prompt: prompt * expected, cached: 0, output: output * expected });
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

/** Steps that are recorded of an episode without a result; 0 where its trace cannot be read, which playing it will say. */
export function recordedSteps(run: RunFolder, id: Hash): number {
  const folder = latestJournal(run, id) ?? run.episode(id);
  if (!existsSync(join(folder, "header.json"))) return 0;
  try {
    const reader = openTraceReader(folder);
    reader.close();
    // The last one may hold less than its action.
    return Math.max(0, reader.stepCount - 1);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return 0;
  }
}
