import type { JsonObject } from "@metamem/core";
import { groupBy } from "./group-by.ts";
import { meanAndError } from "./statistics.ts";

/** What summaries need of an episode. */
export interface SummarisedEpisode {
  readonly folder: string;
  readonly task: string;
  readonly progression: number;
  readonly steps: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** `<env>/<env>_summary.json` as the benchmark computes it; percentages. */
export function environmentSummary(episodes: readonly SummarisedEpisode[]): JsonObject {
  const tasks = groupBy(episodes, ({ task }) => task);
  const { progression_percentage, standard_error, episodes_played } = scoreOf(episodes);
  return {
    progression_percentage,
    standard_error,
    average_steps: episodes.length === 0 ? 0 : sumOf(episodes, "steps") / episodes.length,
    episodes_played,
    tasks: Object.fromEntries([...tasks].map(([task, own]) => [task, scoreOf(own)])),
    input_tokens: sumOf(episodes, "inputTokens"),
    output_tokens: sumOf(episodes, "outputTokens"),
  };
}

/** `summary.json`: the score is the mean over all episodes of all environments. `player` says who played. */
export function overallSummary(episodes: readonly SummarisedEpisode[], player: JsonObject): JsonObject {
  const { progression_percentage, standard_error } = scoreOf(episodes);
  const environments = [...groupBy(episodes, ({ folder }) => folder)].map(([folder, own]) => [folder, scoreOf(own)]);
  return {
    "Final score": progression_percentage,
    standard_error,
    environments: Object.fromEntries(environments) as JsonObject,
    total_input_tokens: sumOf(episodes, "inputTokens"),
    total_output_tokens: sumOf(episodes, "outputTokens"),
    ...player,
  };
}

function scoreOf(episodes: readonly SummarisedEpisode[]): {
  progression_percentage: number;
  standard_error: number;
  episodes_played: number;
} {
  const { mean, standardError } = meanAndError(episodes.map(({ progression }) => progression));
  return {
    progression_percentage: 100 * (mean ?? 0),
    standard_error: 100 * (standardError ?? 0),
    episodes_played: episodes.length,
  };
}

function sumOf(episodes: readonly SummarisedEpisode[], key: "steps" | "inputTokens" | "outputTokens"): number {
  return episodes.reduce((sum, episode) => sum + episode[key], 0);
}
