import { metricsVersion, UsageError } from "@metamem/core";
import { bootstrapLevel, bootstrapSeed, mostSamples } from "./bootstrap.ts";
import { cellOf, countsOf, taskCell } from "./cells.ts";
import { compareRuns } from "./compare.ts";
import { groupBy } from "./group-by.ts";
import { operationalOf } from "./operational-part.ts";
import { type Published, standing } from "./published.ts";
import { type LoadedRun, type LoadOptions, loadRun, type ReportedEpisode } from "./run-rows.ts";
import type { Report, ReportEpisode, ReportFamily, ReportRun } from "./schema.ts";

type Named = LoadedRun & { readonly name: string };

const mostRuns = 26;

/** Reads runs and reports them, each for itself, and every later one compared with the first. */
export function buildReport(
  folders: readonly string[],
  published: Published | null,
  options: LoadOptions = {},
): Report {
  if (folders.length > mostRuns) throw new UsageError("runs", `at most ${mostRuns} runs fit one report`);
  const runs = folders.map((folder, index) => ({ name: String.fromCharCode(65 + index), ...loadRun(folder, options) }));
  const [first, ...others] = runs;
  return {
    schema: "metamem.report/1",
    metrics: metricsVersion,
    bootstrap: { seed: bootstrapSeed, level: bootstrapLevel, mostSamples },
    runs: runs.map(runOf),
    comparisons: first === undefined ? [] : others.map((second) => compareRuns(first, second)),
    published,
    operational: {
      runs: runs.map((run, index) => ({
        name: run.name,
        ...operationalOf(run, folders[index] ?? ""),
      })),
    },
  };
}

function runOf({ name, record, episodes, label }: Named): ReportRun {
  const families = groupBy(episodes, ({ family, material }) => JSON.stringify([family, material]));
  return {
    name,
    plan: record.plan,
    config: record.config,
    scaffold: record.scaffold,
    rule_based: label !== null,
    label,
    counts: countsOf(episodes),
    families: [...families.values()].map(familyOf),
    episodes: episodes.map(episodeOf),
  };
}

function familyOf(episodes: ReportedEpisode[]): ReportFamily {
  const { family = "", material = "public" } = episodes[0] ?? {};
  return {
    family,
    material,
    ...cellOf(episodes),
    published: material === "own" ? null : standing(family, episodes),
    tasks: [...groupBy(episodes, ({ task }) => task)].map(([task, own]) => taskCell(task, own)),
  };
}

function episodeOf({ metrics: _metrics, growthByFile: _growth, rates, ...episode }: ReportedEpisode): ReportEpisode {
  const own = Object.entries(rates ?? {}).map(([name, { rate }]) => [name, rate]);
  return { ...episode, rates: rates === null ? null : Object.fromEntries(own) };
}
