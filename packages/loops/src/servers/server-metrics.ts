import { parsePrometheus, type Sample, sumOf } from "./prometheus.ts";

/** What a server counts since it was started. Null: it does not say. */
export interface ServerCounters {
  /** Tokens looked up in the prefix cache, and found there. */
  readonly prefixQueries: number | null;
  readonly prefixHits: number | null;
  readonly promptTokens: number | null;
  /** Of the prompt tokens, those that were not computed. */
  readonly cachedPromptTokens: number | null;
  readonly generatedTokens: number | null;
  /** Requests put back for want of cache memory: they are computed again. */
  readonly preemptions: number | null;
  readonly requests: number | null;
}

/** One reading of a server's `/metrics`, the same for all kinds of server (spec serving §1.6, §2). */
export interface ServerMetrics extends ServerCounters {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The server's address without a path. */
  readonly server: string;
  readonly running: number | null;
  readonly waiting: number | null;
  /** Share of the cache memory in use, 0..1. */
  readonly cacheUse: number | null;
  /** Tokens per block of the prefix cache: only whole blocks are found again. */
  readonly blockSize: number | null;
}

/** All counters unknown: also the neutral element of `addCounters`. */
export const noCounters: ServerCounters = {
  prefixQueries: null,
  prefixHits: null,
  promptTokens: null,
  cachedPromptTokens: null,
  generatedTokens: null,
  preemptions: null,
  requests: null,
};

/** Reads a page of vLLM's or TGI's. Names change between versions: what is not found is null. */
export function readMetrics(page: string, server: string, at: Date): ServerMetrics {
  const samples = parsePrometheus(page);
  const tgi = samples.some(({ name }) => name.startsWith("tgi_"));
  return { at: at.toISOString(), server, ...(tgi ? tgiMetrics(samples) : vllmMetrics(samples)) };
}

function vllmMetrics(samples: readonly Sample[]): Omit<ServerMetrics, "at" | "server"> {
  const sum = (...names: string[]) =>
    sumOf(
      samples,
      names.flatMap((name) => [`vllm:${name}_total`, `vllm:${name}`]),
    );
  const config = samples.find(({ name }) => name === "vllm:cache_config_info")?.labels ?? {};
  const blockSize = Number(config.block_size);
  return {
    running: sum("num_requests_running"),
    waiting: sum("num_requests_waiting"),
    cacheUse: mean(samples, ["vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"]),
    blockSize: Number.isInteger(blockSize) && blockSize > 0 ? blockSize : null,
    prefixQueries: sum("prefix_cache_queries", "gpu_prefix_cache_queries"),
    prefixHits: sum("prefix_cache_hits", "gpu_prefix_cache_hits"),
    promptTokens: sum("prompt_tokens"),
    cachedPromptTokens: sum("prompt_tokens_cached"),
    generatedTokens: sum("generation_tokens"),
    preemptions: sum("num_preemptions"),
    requests: sum("request_success"),
  };
}

function tgiMetrics(samples: readonly Sample[]): Omit<ServerMetrics, "at" | "server"> {
  const sum = (...names: string[]) =>
    sumOf(
      samples,
      names.map((name) => `tgi_${name}`),
    );
  return {
    ...noCounters,
    running: sum("batch_current_size"),
    waiting: sum("queue_size"),
    cacheUse: null,
    blockSize: null,
    promptTokens: sum("request_input_length_sum"),
    cachedPromptTokens: sum("request_skipped_tokens_sum"),
    generatedTokens: sum("request_generated_tokens_sum"),
    requests: sum("request_success"),
  };
}

function mean(samples: readonly Sample[], names: readonly string[]): number | null {
  const total = sumOf(samples, names);
  const count = samples.filter(({ name }) => names.includes(name)).length;
  return total === null ? null : total / count;
}

/**
 * What was counted between two readings. A counter that went back belongs to a server that was started again in between: then only what
 * the new one counted is known.
 */
export function countedBetween(before: ServerCounters, after: ServerCounters): ServerCounters {
  return combine(before, after, (old, value) =>
    value === null || old === null ? value : value < old ? value : value - old,
  );
}

/** Sums of counters; unknown only where both are. */
export function addCounters(a: ServerCounters, b: ServerCounters): ServerCounters {
  return combine(a, b, (one, other) => (one === null ? other : other === null ? one : one + other));
}

function combine(
  a: ServerCounters,
  b: ServerCounters,
  of: (a: number | null, b: number | null) => number | null,
): ServerCounters {
  const names = Object.keys(noCounters) as (keyof ServerCounters)[];
  return Object.fromEntries(names.map((name) => [name, of(a[name], b[name])])) as unknown as ServerCounters;
}
