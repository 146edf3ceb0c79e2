import { hashJson } from "@metamem/core";
import { bootstrapIntervals } from "./bootstrap.ts";
import { groupBy } from "./group-by.ts";
import type { LoadedRun, Material, ReportedEpisode } from "./run-rows.ts";
import type { Comparison, Paired } from "./schema.ts";
import { meanAndError } from "./statistics.ts";

/** A world that at least one of two runs plays, with the mean of each; null where it does not play it. */
interface PairedWorld {
  readonly family: string;
  readonly material: Material;
  readonly task: string;
  readonly first: number | null;
  readonly second: number | null;
}

/** Means of several episodes that are equal on paper may differ by less than this. */
const rounding = 1e-9;

type Named = LoadedRun & { readonly name: string };

/** Two runs on the worlds that both play: what the second gains on the first, world by world. */
export function compareRuns(first: Named, second: Named): Comparison {
  const families = groupBy(pairWorlds(first.episodes, second.episodes), ({ family, material }) =>
    JSON.stringify([family, material]),
  );
  const label = [first, second].flatMap(({ name, label: own }) => (own === null ? [] : [`${name}: ${own}`])).join("; ");
  return {
    first: first.name,
    second: second.name,
    caveats: caveats(first, second),
    rule_based: label !== "",
    label: label === "" ? null : label,
    families: [...families.values()].map((worlds) => ({
      family: worlds[0]?.family ?? "",
      material: worlds[0]?.material ?? "public",
      ...paired(worlds),
      tasks: [...groupBy(worlds, ({ task }) => task)].map(([task, own]) => ({ task, ...paired(own) })),
    })),
  };
}

function pairWorlds(first: readonly ReportedEpisode[], second: readonly ReportedEpisode[]): PairedWorld[] {
  const keyOf = ({ family, material, task, seed }: ReportedEpisode) => JSON.stringify([family, material, task, seed]);
  const [a, b] = [groupBy(first, keyOf), groupBy(second, keyOf)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const [own, other] = [a.get(key), b.get(key)];
    const some = (own ?? other)?.[0];
    if (some === undefined) return [];
    const { family, material, task } = some;
    return [{ family, material, task, first: meanOf(own), second: meanOf(other) }];
  });
}

function meanOf(episodes: readonly ReportedEpisode[] | undefined): number | null {
  return meanAndError((episodes ?? []).map(({ progression }) => progression)).mean;
}

function paired(worlds: readonly PairedWorld[]): Paired {
  const strata = [...groupBy(worlds, ({ task }) => task).values()].map((own) =>
    own.flatMap(({ first, second }) => (first === null || second === null ? [] : [second - first])),
  );
  const differences = strata.flat();
  const ties = differences.filter((difference) => Math.abs(difference) < rounding).length;
  const wins = differences.filter((difference) => difference >= rounding).length;
  const units = strata.map((own) => own.map((difference) => ({ counts: [difference], ofs: [1] })));
  return {
    worlds: differences.length,
    onlyFirst: worlds.filter(({ second }) => second === null).length,
    onlySecond: worlds.filter(({ first }) => first === null).length,
    difference: meanAndError(differences).mean,
    interval: bootstrapIntervals(units, 1)[0] ?? null,
    wins,
    ties,
    losses: differences.length - wins - ties,
  };
}

/** What makes a difference that neither scaffold nor model explains. */
function caveats(first: Named, second: Named): string[] {
  const [a, b] = [first.record, second.record];
  const versions = (run: Named) => new Map(run.record.families.map(({ name, version }) => [name, version]));
  const [mine, theirs] = [versions(first), versions(second)];
  const changed = [...mine].filter(([name, version]) => theirs.has(name) && theirs.get(name) !== version);
  const open = [first, second].filter(({ episodes }) => episodes.some(({ status }) => status === "open"));
  return [
    ...(hashJson(a.config.protocol) === hashJson(b.config.protocol) ? [] : ["the protocols differ"]),
    ...changed.map(([name]) => `the versions of ${name} differ`),
    ...(sameLimits(first.episodes, second.episodes) ? [] : ["worlds were played with different step limits"]),
    ...(a.config.episodesPerWorld === b.config.episodesPerWorld ? [] : ["the numbers of episodes per world differ"]),
    ...open.map(({ name }) => `${name} has open episodes, which count as 0`),
  ];
}

function sameLimits(first: readonly ReportedEpisode[], second: readonly ReportedEpisode[]): boolean {
  const keyOf = ({ family, task, seed }: ReportedEpisode) => JSON.stringify([family, task, seed]);
  const limits = new Map(first.map((episode) => [keyOf(episode), episode.maxSteps]));
  return second.every((episode) => (limits.get(keyOf(episode)) ?? episode.maxSteps) === episode.maxSteps);
}
