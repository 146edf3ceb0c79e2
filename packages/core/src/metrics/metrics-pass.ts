import type { ModelRole } from "../model/chat-model.ts";
import { findOp } from "../ops/vocabulary.ts";
import type { NewEvent } from "../trace/events.ts";
import { type EpisodeMetrics, metricsVersion, type OpCounts, type RoleTokens } from "./definitions.ts";
import { MemoryAccount } from "./memory-account.ts";
import { rate } from "./rate.ts";
import { RetrievalUse } from "./retrieval-use.ts";

type Of<K extends NewEvent["kind"]> = Extract<NewEvent, { kind: K }>;

const coreExceptions = new Set(["CREATE", "DELETE"]);

/** Counts, in one pass over the events of an episode, everything its metrics are made of. Events come in the order of the trace. */
export class MetricsPass {
  private readonly memory = new MemoryAccount();
  private readonly retrieval = new RetrievalUse();
  private readonly count = emptyCounts();
  private readonly ops: Record<string, OpCounts> = {};
  private readonly tokens: Record<ModelRole, RoleTokens> = { memory: noTokens(), gameplay: noTokens() };
  private readonly scaffoldOps = new Set<string>();
  private largestPrompt = 0;
  /** What is known of the step being read; counted once its action shows that it was one. */
  private open = emptyStep();
  private readonly text: (blob: string) => string;

  /** `text` looks up a stored text by its hash: the files of the first memory keyframe, and what reads returned. */
  constructor(text: (blob: string) => string) {
    this.text = text;
  }

  add(event: NewEvent): void {
    switch (event.kind) {
      case "obs":
        this.open = emptyStep();
        return;
      case "effect":
        this.open.effect = event;
        return;
      case "call":
        this.addCall(event);
        return;
      case "op":
        this.addOp(event);
        return;
      case "mem":
        this.addChange(event);
        return;
      case "mem.keyframe":
        for (const [file, text] of Object.entries(this.memory.start(event, this.text) ?? {}))
          this.retrieval.give(file, Buffer.from(text));
        return;
      case "gate":
        this.open.rejected ||= event.verdict === "reject";
        return;
      case "action":
        this.closeStep(event);
        return;
    }
  }

  /** The metrics of what was added so far. Calls and ops of LOG after the last action are counted; the last observation is no step. */
  result(): EpisodeMetrics {
    const c = this.count;
    const { model, scaffold } = this.memory.writtenCharacters;
    return {
      version: metricsVersion,
      steps: c.steps,
      stuck: rate(c.stuck, c.laterSteps),
      stuckEffect: rate(c.stuckEffect, c.laterSteps),
      oscillating: rate(c.oscillating, c.laterSteps),
      unproductive: rate(c.unproductive, c.laterSteps),
      unproductiveEffect: rate(c.unproductiveEffect, c.laterSteps),
      invalidAction: rate(c.invalid, c.steps),
      repair: rate(c.repair, c.steps),
      fallback: rate(c.fallback, c.steps),
      gateRejection: rate(c.rejected, c.steps),
      writes: rate(c.writes, c.steps),
      writesCore: rate(c.writesCore, c.steps),
      repeatWrite: rate(c.repeats, c.writes),
      emptySearch: rate(c.emptyLog + c.emptyPlan, c.searchesLog + c.searchesPlan),
      emptySearchLog: rate(c.emptyLog, c.searchesLog),
      emptySearchPlan: rate(c.emptyPlan, c.searchesPlan),
      emptySearchNoMatch: rate(c.noMatch, c.searchesLog + c.searchesPlan),
      emptySearchBlank: rate(c.blank, c.searchesLog + c.searchesPlan),
      emptySearchMissing: rate(c.missing, c.searchesLog + c.searchesPlan),
      logWritesPerSearch: rate(c.logWrites, c.searchesLog),
      logWritesCorePerSearch: rate(c.logWritesCore, c.searchesLog),
      informedWrite: rate(c.informed, c.writes),
      unreadRead: rate(c.unread, c.reads),
      consult: rate(c.consulted, c.steps),
      malformedOp: rate(c.malformed, c.attempts),
      deniedOp: rate(c.denied, c.attempts),
      retrievalUse: this.retrieval.use,
      retrievalDelay: this.retrieval.delays,
      memoryGrowth: rate(this.memory.growth, c.steps),
      scaffoldShare: rate(scaffold, model + scaffold),
      calls: rate(c.calls, c.steps),
      inputTokens: rate(this.tokens.memory.prompt + this.tokens.gameplay.prompt, c.steps),
      outputTokens: rate(this.tokens.memory.output + this.tokens.gameplay.output, c.steps),
      largestPromptPerStep: rate(c.largestPrompts, c.steps),
      largestPrompt: this.largestPrompt,
      cutCalls: rate(c.cut, c.calls),
      shortenedCalls: rate(c.shortened, c.calls),
      tokens: { memory: { ...this.tokens.memory }, gameplay: { ...this.tokens.gameplay } },
      ops: structuredClone(this.ops),
    };
  }

  private addChange({ delta, opId, step }: Of<"mem">): void {
    const origin = this.scaffoldOps.has(opId) ? "scaffold" : "model";
    for (const lines of this.memory.change(delta, origin)) {
      if (origin === "model") this.retrieval.write(delta.file, lines, step);
      else this.retrieval.give(delta.file, lines);
    }
  }

  private addCall(event: Of<"call">): void {
    const { prompt, cached, output } = event.tokens;
    const role = this.tokens[event.role];
    role.calls += 1;
    role.prompt += prompt;
    role.cached += cached ?? 0;
    role.output += output;
    this.count.calls += 1;
    if (event.finish === "length") this.count.cut += 1;
    if (event.shortened.length > 0) this.count.shortened += 1;
    this.largestPrompt = Math.max(this.largestPrompt, prompt);
    this.open.largestPrompt = Math.max(this.open.largestPrompt, prompt);
  }

  private addOp(event: Of<"op">): void {
    if (event.origin === "scaffold") {
      this.scaffoldOps.add(event.opId);
      return;
    }
    const { count } = this;
    const kind = findOp(event.name)?.kind;
    const known = kind === undefined ? "(unknown)" : event.name;
    this.ops[known] ??= { log: 0, consult: 0, commit: 0, failed: 0, malformed: 0, denied: 0 };
    const own = this.ops[known];
    count.attempts += 1;
    if (event.status === "malformed" || event.status === "denied") {
      count[event.status] += 1;
      own[event.status] += 1;
      return;
    }
    own[event.phase] += 1;
    if (event.status !== "ok") own.failed += 1;
    if (kind === "write") this.addWrite(event);
    if (kind === "read") this.addRead(event);
  }

  private addWrite(event: Of<"op">): void {
    const { count } = this;
    const core = !coreExceptions.has(event.name);
    count.writes += 1;
    if (core) count.writesCore += 1;
    if (event.phase === "log") count.logWrites += 1;
    if (event.phase === "log" && core) count.logWritesCore += 1;
    if (event.repeat === true) count.repeats += 1;
    if (event.informed === true) count.informed += 1;
  }

  private addRead(event: Of<"op">): void {
    const { count } = this;
    count.reads += 1;
    if (!event.shown) count.unread += 1;
    else {
      if (event.phase !== "log") this.open.consulted = true;
      if (event.status === "ok")
        this.retrieval.read(event.name, event.args.file ?? "", this.text(event.result), event.step);
    }
    if (event.name !== "SEARCH") return;
    const inLog = event.phase === "log";
    count[inLog ? "searchesLog" : "searchesPlan"] += 1;
    const missing = event.status === "not_found";
    if (!missing && event.matches !== 0) return;
    count[inLog ? "emptyLog" : "emptyPlan"] += 1;
    count[missing ? "missing" : this.memory.blank(event.args.target ?? "*") ? "blank" : "noMatch"] += 1;
  }

  private closeStep(event: Of<"action">): void {
    const { count, open } = this;
    count.steps += 1;
    count.largestPrompts += open.largestPrompt;
    if (open.consulted) count.consulted += 1;
    if (open.rejected) count.rejected += 1;
    if (event.source === "repair") count.repair += 1;
    if (event.source === "fallback") count.fallback += 1;
    if (event.source === "fallback" && event.raw !== null) count.invalid += 1;
    if (open.effect === null) return;
    const { sameText, stuck, oscillating } = open.effect;
    count.laterSteps += 1;
    if (sameText) count.stuck += 1;
    if (stuck) count.stuckEffect += 1;
    if (oscillating) count.oscillating += 1;
    if (sameText || oscillating) count.unproductive += 1;
    if (stuck || oscillating) count.unproductiveEffect += 1;
  }
}

function emptyStep(): { effect: Of<"effect"> | null; consulted: boolean; rejected: boolean; largestPrompt: number } {
  return { effect: null, consulted: false, rejected: false, largestPrompt: 0 };
}

function noTokens(): RoleTokens {
  return { calls: 0, prompt: 0, cached: 0, output: 0 };
}

function emptyCounts() {
  return {
    steps: 0,
    laterSteps: 0,
    stuck: 0,
    stuckEffect: 0,
    oscillating: 0,
    unproductive: 0,
    unproductiveEffect: 0,
    invalid: 0,
    repair: 0,
    fallback: 0,
    rejected: 0,
    attempts: 0,
    malformed: 0,
    denied: 0,
    writes: 0,
    writesCore: 0,
    logWrites: 0,
    logWritesCore: 0,
    repeats: 0,
    informed: 0,
    reads: 0,
    unread: 0,
    consulted: 0,
    searchesLog: 0,
    searchesPlan: 0,
    emptyLog: 0,
    emptyPlan: 0,
    noMatch: 0,
    blank: 0,
    missing: 0,
    calls: 0,
    cut: 0,
    shortened: 0,
    largestPrompts: 0,
  };
}
