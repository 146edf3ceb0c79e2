import { poolMetrics, type Rate } from "@metamem/core";
import { bootstrapIntervals, type Unit } from "./bootstrap.ts";
import { groupBy } from "./group-by.ts";
import type { ReportedEpisode } from "./run-rows.ts";
import type { ReportCell, ReportCounts, ReportTask } from "./schema.ts";
import { meanAndError } from "./statistics.ts";

type Behaviour = NonNullable<ReportCell["behaviour"]>;

export function countsOf(episodes: readonly ReportedEpisode[]): ReportCounts {
  const counts = { episodes: episodes.length, finished: 0, failed: 0, setAside: 0, open: 0 };
  for (const { status } of episodes) counts[status === "set_aside" ? "setAside" : status] += 1;
  return counts;
}

/**
 * Everything about some episodes taken together (spec automem §7.3): the mean over all that were planned, rates pooled over those that were
 * played. Intervals draw worlds, each task for itself.
 */
export function cellOf(episodes: readonly ReportedEpisode[]): ReportCell {
  const played = episodes.filter(({ metrics }) => metrics !== null);
  const names = [...new Set(played.flatMap(({ rates }) => Object.keys(rates ?? {})))];
  const strata = [...groupBy(episodes, ({ task }) => task).values()].map((task) =>
    [...groupBy(task, ({ seed }) => seed).values()].map((world) => unitOf(world, names)),
  );
  const [interval = null, ...intervals] = bootstrapIntervals(strata, 1 + names.length);
  return {
    ...countsOf(episodes),
    steps: episodes.reduce((sum, { steps }) => sum + (steps ?? 0), 0),
    progression: { ...meanAndError(episodes.map(({ progression }) => progression)), interval },
    behaviour: behaviourOf(played, names, intervals),
  };
}

export function taskCell(task: string, episodes: readonly ReportedEpisode[]): ReportTask {
  const worlds = [...groupBy(episodes, ({ seed }) => seed)].map(([seed, own]) => {
    const { mean, standardError } = meanAndError(own.map(({ progression }) => progression));
    return { seed, ...countsOf(own), progression: { mean: mean ?? 0, standardError: standardError ?? 0 } };
  });
  return { task, maxSteps: Math.max(...episodes.map(({ maxSteps }) => maxSteps)), ...cellOf(episodes), worlds };
}

/** What the spec averages over episodes; all other rates are pooled, so that long episodes count for more. */
const averagedOverEpisodes: ReadonlySet<string> = new Set(["memoryGrowth", "memoryGrowthModel"]);

/** A rate of one episode as what is added up: the episode's own value, or count and denominator. */
function asAveraged(name: string): (own: Rate) => Pick<Rate, "count" | "of"> {
  if (!averagedOverEpisodes.has(name)) return (own) => own;
  return ({ rate }) => (rate === null ? { count: 0, of: 0 } : { count: rate, of: 1 });
}

/** A world as the bootstrap draws it: progression first, then the rates. */
function unitOf(world: readonly ReportedEpisode[], names: readonly string[]): Unit {
  const counts = [world.reduce((sum, { progression }) => sum + progression, 0)];
  const ofs = [world.length];
  for (const name of names) {
    const rates = world.flatMap((episode) => episode.rates?.[name] ?? []).map(asAveraged(name));
    counts.push(rates.reduce((sum, { count }) => sum + count, 0));
    ofs.push(rates.reduce((sum, { of }) => sum + of, 0));
  }
  return { counts, ofs };
}

function behaviourOf(
  played: readonly ReportedEpisode[],
  names: readonly string[],
  intervals: ReturnType<typeof bootstrapIntervals>,
): Behaviour | null {
  const pooled = poolMetrics(played.flatMap(({ metrics }) => metrics ?? []));
  if (pooled === null) return null;
  const rates: Behaviour["rates"] = {};
  for (const [index, name] of names.entries()) {
    const own = played.flatMap((episode) => episode.rates?.[name] ?? []);
    const pooledOwn = pooledRate(own);
    const episodeMean = meanAndError(own.flatMap(({ rate }) => rate ?? [])).mean;
    const rate = averagedOverEpisodes.has(name) ? episodeMean : pooledOwn.rate;
    rates[name] = { ...pooledOwn, rate, interval: intervals[index] ?? null, episodeMean };
  }
  const { retrievalDelay, largestPrompt, tokens, ops } = pooled;
  return {
    episodes: played.length,
    rates,
    retrievalDelay: { median: retrievalDelay.median },
    largestPrompt,
    growthByFile: growthByFile(played),
    tokens,
    ops,
  };
}

function pooledRate(rates: readonly Rate[]): Rate {
  const count = rates.reduce((sum, rate) => sum + rate.count, 0);
  const of = rates.reduce((sum, rate) => sum + rate.of, 0);
  return { count, of, rate: of === 0 ? null : count / of };
}

/** Characters per step that each file grew, as the mean over episodes; null when traces were not read. */
function growthByFile(played: readonly ReportedEpisode[]): Record<string, number> | null {
  const read = played.flatMap(({ growthByFile: own, steps }) =>
    own === null ? [] : [{ own, steps: Math.max(1, steps ?? 0) }],
  );
  if (read.length === 0) return null;
  const files = [...new Set(read.flatMap(({ own }) => Object.keys(own)))].sort();
  return Object.fromEntries(
    files.map((file) => [file, read.reduce((sum, { own, steps }) => sum + (own[file] ?? 0) / steps, 0) / read.length]),
  );
}
