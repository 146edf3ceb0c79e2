import { describe, expect, test } from "vitest";
import { queuePressure } from "./queue-pressure.ts";
import { addCounters, countedBetween, noCounters, readMetrics, type ServerMetrics } from "./server-metrics.ts";

const at = new Date(Date.UTC(2026, 0, 1));

const vllmPage = [
  'vllm:num_requests_running{engine="0",model_name="base"} 2.0',
  'vllm:num_requests_waiting{engine="0",model_name="base"} 1.0',
  'vllm:num_requests_waiting_by_reason{engine="0",model_name="base",reason="capacity"} 7.0',
  'vllm:kv_cache_usage_perc{engine="0",model_name="base"} 0.25',
  'vllm:prefix_cache_queries_total{engine="0",model_name="base"} 60.0',
  'vllm:prefix_cache_queries_created{engine="0",model_name="base"} 1.7952728985122874e+09',
  'vllm:prefix_cache_hits_total{engine="0",model_name="base"} 48.0',
  'vllm:num_preemptions_total{engine="0",model_name="base"} 0.0',
  'vllm:prompt_tokens_total{engine="0",model_name="base"} 61.0',
  'vllm:prompt_tokens_cached_total{engine="0",model_name="base"} 48.0',
  'vllm:generation_tokens_total{engine="0",model_name="base"} 24.0',
  'vllm:request_success_total{engine="0",finished_reason="stop",model_name="base"} 2.0',
  'vllm:request_success_total{engine="0",finished_reason="length",model_name="base"} 1.0',
  'vllm:cache_config_info{block_size="128",enable_prefix_caching="True",engine="0"} 1.0',
].join("\n");

const tgiPage = [
  "tgi_queue_size 5",
  "tgi_batch_current_size 8",
  'tgi_request_success{method="batch"} 40',
  "tgi_request_input_length_sum 900",
  "tgi_request_generated_tokens_sum 300",
  "tgi_request_skipped_tokens_sum 100",
].join("\n");

function reading(values: Partial<ServerMetrics>): ServerMetrics {
  return { ...readMetrics("", "http://a", at), ...values };
}

describe("readMetrics", () => {
  test("vLLM", () => {
    expect(readMetrics(vllmPage, "http://a", at)).toEqual({
      at: "2026-01-01T00:00:00.000Z",
      server: "http://a",
      running: 2,
      waiting: 1,
      cacheUse: 0.25,
      blockSize: 128,
      prefixQueries: 60,
      prefixHits: 48,
      promptTokens: 61,
      cachedPromptTokens: 48,
      generatedTokens: 24,
      preemptions: 0,
      requests: 3,
    });
  });

  test("vLLM's older names, and counters without _total", () => {
    const older = readMetrics("vllm:gpu_cache_usage_perc 0.5\nvllm:num_preemptions 3", "http://a", at);
    expect(older).toMatchObject({ cacheUse: 0.5, preemptions: 3, running: null, prefixHits: null });
  });

  test("TGI", () => {
    expect(readMetrics(tgiPage, "http://a", at)).toMatchObject({
      ...{ running: 8, waiting: 5, promptTokens: 900, cachedPromptTokens: 100, generatedTokens: 300, requests: 40 },
      ...{ preemptions: null, cacheUse: null },
    });
  });
});

describe("counters", () => {
  test("a restart in between counts from zero", () => {
    const before = { ...noCounters, promptTokens: 100, requests: 5 };
    expect(countedBetween(before, { ...noCounters, promptTokens: 130, requests: 2 })).toEqual({
      ...noCounters,
      promptTokens: 30,
      requests: 2,
    });
  });

  test("unknown stays unknown only where both are", () => {
    const one = { ...noCounters, promptTokens: 1 };
    expect(addCounters(one, { ...noCounters, requests: 2 })).toEqual({ ...noCounters, promptTokens: 1, requests: 2 });
  });
});

describe("queuePressure", () => {
  test.each([
    ["idle", {}, { running: 0, waiting: 0 }, "room"],
    ["nothing known", {}, {}, "room"],
    ["a full batch and nobody waits", {}, { running: 64, waiting: 0, cacheUse: 0.5 }, "room"],
    ["a few wait", {}, { running: 64, waiting: 10 }, "full"],
    ["many wait", {}, { running: 64, waiting: 30 }, "over"],
    ["cache memory is full", {}, { running: 64, waiting: 0, cacheUse: 0.97 }, "full"],
    ["requests were put back", { preemptions: 1 }, { running: 9, waiting: 0, preemptions: 3 }, "over"],
  ] as const)("%s", (_name, before, now, expected) => {
    expect(queuePressure(reading(before), reading(now))).toBe(expected);
  });
});
