import { type EpisodeMetrics, metricsVersion, type OpCounts, type Rate, type RoleTokens } from "./definitions.ts";
import { addDelays } from "./delays.ts";
import { rate } from "./rate.ts";

/** The metrics of several episodes as one cell: counts and what they are counts of are added, rates derived from the sums. */
export function poolMetrics(episodes: readonly EpisodeMetrics[]): EpisodeMetrics | null {
  const [first, ...others] = episodes;
  return first === undefined ? null : others.reduce(add, first);
}

function add(a: EpisodeMetrics, b: EpisodeMetrics): EpisodeMetrics {
  const rates = Object.fromEntries(
    Object.entries(a).flatMap(([name, value]) => {
      const other = b[name as keyof EpisodeMetrics];
      return isRate(value) && isRate(other) ? [[name, rate(value.count + other.count, value.of + other.of)]] : [];
    }),
  ) as { [K in keyof EpisodeMetrics as EpisodeMetrics[K] extends Rate ? K : never]: Rate };
  const names = [...new Set([...Object.keys(a.ops), ...Object.keys(b.ops)])].sort();
  return {
    ...rates,
    version: metricsVersion,
    steps: a.steps + b.steps,
    retrievalDelay: addDelays(a.retrievalDelay, b.retrievalDelay),
    largestPrompt: Math.max(a.largestPrompt, b.largestPrompt),
    tokens: {
      memory: sum<RoleTokens>(a.tokens.memory, b.tokens.memory),
      gameplay: sum<RoleTokens>(a.tokens.gameplay, b.tokens.gameplay),
    },
    ops: Object.fromEntries(names.map((name) => [name, sum<OpCounts>(a.ops[name] ?? noOps, b.ops[name] ?? noOps)])),
  };
}

const noOps: OpCounts = { log: 0, consult: 0, commit: 0, failed: 0, malformed: 0, denied: 0 };

function sum<T extends Record<string, number>>(a: T, b: T): T {
  return Object.fromEntries(Object.entries(a).map(([name, value]) => [name, value + (b[name] ?? 0)])) as T;
}

function isRate(value: unknown): value is Rate {
  return typeof value === "object" && value !== null && "of" in value && "count" in value;
}
