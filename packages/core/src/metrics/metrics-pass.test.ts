import { describe, expect, test } from "vitest";
import { sha256 } from "../hash.ts";
import type { NewEvent } from "../trace/events.ts";
import { metricsSchema } from "./definitions.ts";
import { MetricsPass } from "./metrics-pass.ts";
import { poolMetrics } from "./pool.ts";

type Of<K extends NewEvent["kind"]> = Omit<Extract<NewEvent, { kind: K }>, "kind" | "step">;

const hash = "0".repeat(64);
const texts = new Map(["", "one line\n"].map((text) => [sha256(text), text]));

/** An episode written down by hand: each method adds one event with unremarkable values, except for those given. */
class Script {
  readonly events: NewEvent[] = [];
  private step = -1;
  private ops = 0;

  observe(): this {
    this.step += 1;
    const frame = { key: true as const, width: 0, height: 0, cells: [], gauges: [] };
    const seen = { longTerm: hash, shortTerm: hash, features: hash, turn: this.step, reward: 0, frame, milestones: [] };
    this.events.push({ kind: "obs", step: this.step, ...seen, terminated: false, truncated: false, progression: 0 });
    return this;
  }

  effect(given: Partial<Of<"effect">> = {}): this {
    const judged = { changed: true, intended: true, flags: [], summary: "", reversals: 0 };
    const counted = { oscillating: false, stuck: false, sameText: false };
    this.events.push({ kind: "effect", step: this.step, ...judged, ...counted, ...given });
    return this;
  }

  call(given: Partial<Of<"call">> & { prompt: number }): this {
    const { prompt, ...rest } = given;
    const asked = {
      callId: "c",
      conversation: "c",
      phase: "log" as const,
      role: "memory" as const,
      added: [],
      seed: 0,
    };
    const limits = { maxTokens: 10, temperature: 1, budget: 10, shortened: [], reply: hash, servedModel: "m" };
    const tokens = { prompt, cached: null, output: 7, exact: true };
    this.events.push({ kind: "call", step: this.step, ...asked, ...limits, finish: "stop", tokens, ...rest });
    return this;
  }

  op(name: string, given: Partial<Of<"op">> = {}): this {
    const issued = { opId: `op${this.ops++}`, callId: "c", origin: "model" as const, phase: "log" as const, args: {} };
    const became = { offset: 0, status: "ok" as const, result: hash, shown: true };
    this.events.push({ kind: "op", step: this.step, name, ...issued, ...became, ...given });
    return this;
  }

  /** A change by the op before. */
  memory(file: string, change: "append" | "write" | "create" | "delete", text: string, bytes: number): this {
    const delta = { file, change, text, before: null, after: null, storeHash: hash, bytes };
    this.events.push({ kind: "mem", step: this.step, opId: `op${this.ops - 1}`, delta });
    return this;
  }

  keyframe(files: Readonly<Record<string, string>>): this {
    const hashes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)]));
    this.events.push({ kind: "mem.keyframe", step: Math.max(0, this.step), files: hashes, storeHash: hash });
    return this;
  }

  gate(): this {
    this.events.push({
      ...{ kind: "gate", step: this.step, gateId: "g", action: "A" },
      ...{ verdict: "reject", reason: "", rejection: 1 },
    });
    return this;
  }

  act(given: Partial<Of<"action">> = {}): this {
    const commit = { raw: "A", canonical: "A", rule: "exact", executed: "A", source: "model" as const, valid: true };
    this.events.push({ kind: "action", step: this.step, ...commit, ...given });
    return this;
  }

  metrics() {
    const pass = new MetricsPass((blob) => texts.get(blob) ?? "");
    for (const event of this.events) pass.add(event);
    return metricsSchema.parse(pass.result());
  }
}

/** `[count, of]` of a rate. */
function parts({ count, of }: { readonly count: number; readonly of: number }): [number, number] {
  return [count, of];
}

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
    .memory("log.txt", "append", "two\n", 13)
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
    .memory("map.txt", "delete", "", 0)
    .op("WRITE", { origin: "scaffold", args: { file: "log.txt" } })
    .memory("log.txt", "write", "ab\n", 3)
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

  test("memory grows from the first keyframe on; the scaffold's bytes are told apart", () => {
    // 9 bytes at first; log.txt ends with 3, map.txt is gone. The model wrote 4 bytes, the scaffold 3.
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
