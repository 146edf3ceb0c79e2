import type { Canonical } from "../env/family.ts";
import { findCommit, stripCommits } from "../ops/commit.ts";
import { parseOps } from "../ops/grammar.ts";
import type { OpAttempt } from "../ops/op.ts";
import { type Answer, Conversation } from "./conversation.ts";
import type { OpRun } from "./op-run.ts";
import type { PromptRoom } from "./prompt-room.ts";
import { type EpisodeSetup, record } from "./runtime.ts";

/** Rejections a commit gate may make per step; then the action passes (spec automem §3.2). */
const maxRejections = 2;

/** What PLAN decided: the model's words and what they became. */
export interface Commit {
  readonly raw: string | null;
  readonly canonical: string | null;
  readonly rule: string;
  readonly executed: string;
  readonly source: "model" | "repair" | "fallback";
}

/** PLAN: consult memory, then commit one world action. Two-model play consults with the memory role first; the gameplay role commits. */
export async function planPhase(setup: EpisodeSetup, room: PromptRoom, ops: OpRun): Promise<Commit> {
  const conversation = new Conversation(setup, room.scene.step, "plan", await room.open("plan"));
  if (playsTwoModels(setup)) await consult(setup, room, ops, conversation);
  return new CommitStage(setup, room, ops, conversation).run();
}

/** Whether the two-model protocol applies: the specialist consults and hands off, the base commits. */
export function playsTwoModels({ protocol, roles, bundle }: EpisodeSetup): boolean {
  if (bundle.manifest.kind === "context") return false;
  return protocol.handoff === "always" || roles.memory.model !== roles.gameplay.model;
}

async function consult(setup: EpisodeSetup, room: PromptRoom, ops: OpRun, conversation: Conversation): Promise<void> {
  const { step } = room.scene;
  const limit = setup.protocol.planCalls;
  record(setup, { kind: "phase.start", step, phase: "consult" });
  let exit: "handoff" | "no_op" | "limit" = "limit";
  let calls = 0;
  while (calls < limit && exit === "limit") {
    const answer = await conversation.ask("consult", "memory", calls++);
    const attempts = parseOps(answer.text, { cut: answer.cut });
    const acted = findCommit(answer.text, attempts) !== null;
    // The specialist's own action is never used: the gameplay model must not even see it.
    if (acted)
      conversation.editLast(stripCommits(answer.text) || "(nothing more to look up)", "action removed before hand-off");
    const asked = attempts.filter((attempt) => attempt.name !== "ACTION");
    const results = ops.run(asked, "consult", answer, true);
    if (acted || attempts.some((attempt) => attempt.ok && attempt.name === "HANDOFF")) exit = "handoff";
    else if (attempts.length === 0) exit = "no_op";
    const last = exit !== "limit" || calls === limit;
    conversation.push(last ? room.handoff(results) : room.followUp("plan", results, limit - calls));
  }
  record(setup, { kind: "phase.end", step, phase: "consult", exit, calls });
}

/** The commit stage of one step: reads are answered, one listed action comes out, whatever the model writes. */
class CommitStage {
  private readonly setup: EpisodeSetup;
  private readonly room: PromptRoom;
  private readonly ops: OpRun;
  private readonly conversation: Conversation;
  private calls = 0;
  /** Calls allowed; a gate rejection adds one, so that rejecting costs no consultation. */
  private limit: number;
  private corrected = false;
  private readFirst = false;
  private rejections = 0;

  constructor(setup: EpisodeSetup, room: PromptRoom, ops: OpRun, conversation: Conversation) {
    this.setup = setup;
    this.room = room;
    this.ops = ops;
    this.conversation = conversation;
    this.limit = setup.protocol.planCalls;
  }

  async run(): Promise<Commit> {
    const { setup } = this;
    const { step } = this.room.scene;
    record(setup, { kind: "phase.start", step, phase: "commit" });
    let commit: Commit | "again" | "fallback" = "again";
    while (commit === "again" && this.calls < this.limit) {
      const answer = await this.conversation.ask("commit", "gameplay", this.calls++);
      commit = await this.consider(answer, parseOps(answer.text, { cut: answer.cut }));
    }
    const decided = typeof commit === "string" ? this.fallback() : commit;
    const exit = decided.source !== "fallback" ? "commit" : commit === "again" ? "limit" : "fallback";
    record(setup, { kind: "phase.end", step, phase: "commit", exit, calls: this.calls });
    return decided;
  }

  private async consider(answer: Answer, attempts: readonly OpAttempt[]): Promise<Commit | "again" | "fallback"> {
    const found = findCommit(answer.text, attempts);
    const others = attempts.filter((attempt) => attempt.name !== "ACTION" || !attempt.ok);
    const answerFirst =
      others.length > 0 && found !== null && this.setup.protocol.answerReadsFirst && !this.readFirst && this.mayAsk;
    if (others.length > 0) {
      const shown = answerFirst || (found === null && this.mayAsk);
      const results = this.ops.run(others, "commit", answer, shown);
      if (shown) this.conversation.push(this.room.followUp("plan", results, this.limit - this.calls));
      if (answerFirst) this.readFirst = true;
      if (answerFirst || found === null) return "again";
    }
    if (found === null) return this.correct("Your reply held neither a command nor an action.");
    return await this.judge(found, this.setup.family.canonicalise(found, this.setup.environment.task));
  }

  private async judge(raw: string, canonical: Canonical): Promise<Commit | "again" | "fallback"> {
    const { action } = canonical;
    if (action === null) return this.correct(`"${raw.slice(0, 60)}" is not in the list of actions.`, raw);
    if (!(await this.passes(action))) return "again";
    return {
      raw,
      canonical: action,
      rule: canonical.rule,
      executed: action,
      source: canonical.rule === "exact" ? "model" : "repair",
    };
  }

  private async passes(action: string): Promise<boolean> {
    const { setup, room } = this;
    if (!setup.runner.has("gate")) return true;
    const verdict = await setup.runner.call("gate", { ...room.hookScene(), action, rejections: this.rejections });
    if (verdict.verdict === "pass") return true;
    const overruled = this.rejections === maxRejections;
    if (!overruled) this.rejections += 1;
    record(setup, {
      kind: "gate",
      step: room.scene.step,
      gateId: verdict.gateId,
      action,
      verdict: overruled ? "pass" : "reject",
      reason: verdict.reason,
      rejection: this.rejections,
    });
    if (overruled) return true;
    this.limit += 1;
    this.conversation.push(room.correction(verdict.reason));
    return false;
  }

  /** One corrective turn per step, then the fallback. */
  private correct(problem: string, raw: string | null = null): Commit | "again" | "fallback" {
    if (this.corrected || !this.setup.protocol.correctiveTurn || !this.mayAsk) {
      return raw === null ? "fallback" : { ...this.fallback(), raw };
    }
    this.corrected = true;
    this.conversation.push(this.room.correction(problem));
    return "again";
  }

  private get mayAsk(): boolean {
    return this.calls < this.limit;
  }

  /** Always a listed action, chosen at start-up and labelled as the host's own choice (spec automem I-26). */
  private fallback(): Commit {
    const { protocol, environment } = this.setup;
    const { task } = environment;
    const wanted = protocol.fallback === "task" ? task.fallbackAction : protocol.fallback.fixed;
    const listed = task.actions.some((action) => action.name === wanted);
    return {
      raw: null,
      canonical: null,
      rule: "fallback",
      executed: listed ? wanted : task.defaultAction,
      source: "fallback",
    };
  }
}
