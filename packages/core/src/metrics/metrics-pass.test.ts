import { describe, expect, test } from "vitest";
import { metricsSchema } from "./definitions.ts";
import { poolMetrics } from "./pool.ts";
import { parts, Script } from "./script-episode.ts";

describe("steps", () => {
  const episode = new Script()
    .observe()
    .act()
    .observe()
    .effect({ sameText: true, stuck: true })
    .act()
    .observe()
    .effect({ oscillating: true, sameText: true })
    .act({ source: "repair", rule: "case", raw: "a" })
    .observe()
    .effect({ oscillating: true })
    .gate()
    .gate()
    .act({ source: "fallback", raw: "fly", canonical: null, valid: false })
    .observe()
    .effect()
    .act({ source: "fallback", raw: null, canonical: null, valid: false })
    // The last observation: stuck, but no step.
    .observe()
    .effect({ sameText: true, stuck: true, oscillating: true })
    .metrics();

  test("an observation without an action is no step", () => expect(episode.steps).toBe(5));

  test("step 0 cannot be stuck: rates are of the four steps after it", () => {
    expect(parts(episode.stuck)).toEqual([2, 4]);
    expect(parts(episode.stuckEffect)).toEqual([1, 4]);
    expect(parts(episode.oscillating)).toEqual([2, 4]);
  });

  test("a step both stuck and oscillating is unproductive once", () => {
    expect(parts(episode.unproductive)).toEqual([3, 4]);
    expect(parts(episode.unproductiveEffect)).toEqual([3, 4]);
    expect(episode.unproductive.rate).toBe(0.75);
  });

  test("repairs, fallbacks, invalid actions and gate rejections are counted by step", () => {
    expect(parts(episode.repair)).toEqual([1, 5]);
    expect(parts(episode.fallback)).toEqual([2, 5]);
    expect(parts(episode.invalidAction)).toEqual([1, 5]);
    expect(parts(episode.gateRejection)).toEqual([1, 5]);
  });
});

describe("ops", () => {
  const episode = new Script()
    .keyframe({ "log.txt": "one line\n", "map.txt": "" })
    .observe()
    .act()
    .observe()
    .effect()
    .op("SEARCH", { args: { target: "log.txt" }, matches: 1 })
    .op("SEARCH", { args: { target: "log.txt" }, matches: 0 })
    .op("SEARCH", { args: { target: "map.txt" }, matches: 0 })
    .op("APPEND", { args: { file: "log.txt" }, informed: true, repeat: false })
    .memory((store) => store.append("log.txt", "two"))
    .op("CREATE", { args: { file: "log.txt" }, status: "refused", repeat: true, informed: true })
    .op("WRITE", { args: { file: "map.txt" }, informed: false, repeat: true })
    .op("APPEND", { status: "malformed" })
    .op("TELEPORT", { status: "malformed" })
    .op("READ", { phase: "commit", args: { file: "log.txt" } })
    .op("SEARCH", { phase: "commit", args: { target: "gone.txt" }, status: "not_found" })
    .op("APPEND", { phase: "commit", status: "denied" })
    .act()
    .observe()
    .effect()
    .op("DELETE", { args: { file: "map.txt" }, informed: false, repeat: false })
    .memory((store) => store.delete("map.txt"))
    .op("WRITE", { origin: "scaffold", args: { file: "log.txt" } })
    .memory((store) => store.write("log.txt", "ab"))
    .op("TAIL", { phase: "commit", shown: false })
    .act()
    .metrics();

  test("malformed and forbidden ops are attempts, but not executed", () => {
    expect(parts(episode.malformedOp)).toEqual([2, 13]);
    expect(parts(episode.deniedOp)).toEqual([1, 13]);
  });

  test("writes: APPEND, CREATE, WRITE, DELETE; the core without CREATE and DELETE", () => {
    expect(parts(episode.writes)).toEqual([4, 3]);
    expect(parts(episode.writesCore)).toEqual([2, 3]);
    expect(parts(episode.repeatWrite)).toEqual([2, 4]);
    expect(parts(episode.informedWrite)).toEqual([2, 4]);
  });

  test("empty searches by phase and by reason", () => {
    expect(parts(episode.emptySearch)).toEqual([3, 4]);
    expect(parts(episode.emptySearchLog)).toEqual([2, 3]);
    expect(parts(episode.emptySearchPlan)).toEqual([1, 1]);
    expect(parts(episode.emptySearchNoMatch)).toEqual([1, 4]);
    expect(parts(episode.emptySearchBlank)).toEqual([1, 4]);
    expect(parts(episode.emptySearchMissing)).toEqual([1, 4]);
  });

  test("LOG writes per SEARCH in LOG", () => {
    expect(parts(episode.logWritesPerSearch)).toEqual([4, 3]);
    expect(parts(episode.logWritesCorePerSearch)).toEqual([2, 3]);
  });

  test("only reads in PLAN whose result was shown make a step a consulting one", () => {
    expect(parts(episode.consult)).toEqual([1, 3]);
    expect(parts(episode.unreadRead)).toEqual([1, 6]);
  });

  test("memory grows from the first keyframe on; the scaffold's characters are told apart", () => {
    // 9 characters at first; log.txt ends with 3, map.txt is gone. The model wrote 4, the scaffold 3.
    expect(parts(episode.memoryGrowth)).toEqual([-6, 3]);
    expect(parts(episode.scaffoldShare)).toEqual([3, 7]);
  });

  test("the table of ops counts model ops only, unknown ones together", () => {
    expect(episode.ops.WRITE).toEqual({ log: 1, consult: 0, commit: 0, failed: 0, malformed: 0, denied: 0 });
    expect(episode.ops.CREATE).toMatchObject({ log: 1, failed: 1 });
    expect(episode.ops.SEARCH).toMatchObject({ log: 3, commit: 1, failed: 1 });
    expect(episode.ops.APPEND).toMatchObject({ log: 1, malformed: 1, denied: 1 });
    expect(episode.ops["(unknown)"]).toMatchObject({ malformed: 1 });
  });
});

describe("calls", () => {
  const script = new Script()
    .observe()
    .call({ prompt: 100, phase: "commit", role: "gameplay" })
    .call({ prompt: 140, phase: "commit", role: "gameplay", finish: "length" })
    .act()
    .observe()
    .effect()
    .call({ prompt: 60, shortened: [{ part: "pinned", removedTokens: 5 }] })
    .call({ prompt: 200, tokens: { prompt: 200, cached: 150, output: 7, exact: true } })
    .act();
  const episode = script.metrics();

  test("tokens by role and per step", () => {
    expect(episode.tokens.gameplay).toEqual({ calls: 2, prompt: 240, cached: 0, output: 14 });
    expect(episode.tokens.memory).toEqual({ calls: 2, prompt: 260, cached: 150, output: 14 });
    expect(parts(episode.inputTokens)).toEqual([500, 2]);
    expect(parts(episode.outputTokens)).toEqual([28, 2]);
    expect(parts(episode.calls)).toEqual([4, 2]);
  });

  test("the largest prompt, of the episode and of each step", () => {
    expect(episode.largestPrompt).toBe(200);
    expect(parts(episode.largestPromptPerStep)).toEqual([340, 2]);
  });

  test("cut replies and shortened prompts", () => {
    expect(parts(episode.cutCalls)).toEqual([1, 4]);
    expect(parts(episode.shortenedCalls)).toEqual([1, 4]);
  });

  test("episodes pool by adding counts; the largest prompt is a maximum", () => {
    const other = new Script().observe().call({ prompt: 300 }).op("TAIL").act().metrics();
    const pooled = poolMetrics([episode, other]);
    expect(metricsSchema.parse(pooled)).toMatchObject({
      steps: 3,
      largestPrompt: 300,
      inputTokens: { count: 800, of: 3 },
      stuck: { count: 0, of: 1 },
      tokens: { memory: { calls: 3, prompt: 560 } },
      ops: { TAIL: { log: 1 } },
    });
    expect(pooled?.inputTokens.rate).toBeCloseTo(800 / 3);
    expect(poolMetrics([])).toBeNull();
  });
});

test("an empty episode has rates of nothing", () => {
  const metrics = new Script().observe().metrics();
  expect(metrics.stuck).toEqual({ count: 0, of: 0, rate: null });
  expect(metrics.calls.rate).toBeNull();
});
