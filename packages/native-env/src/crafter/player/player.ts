import { type ChatMessage, createRng, type RulePlayer, renderOp } from "@metamem/core";
import { decide } from "./decide.ts";
import { keepGoal } from "./keep-goal.ts";
import { readAll, readOn, writeChanges } from "./note-files.ts";
import { encode, readLines } from "./notes.ts";
import { parseSight } from "./parse-observation.ts";
import { type PromptView, parsePrompt } from "./parse-prompt.ts";
import { recall } from "./recall.ts";
import { type Decision, Scene } from "./scene.ts";

/**
 * The rule-based player behind `--model scripted`: the prompt goes in, a reply as a model would write it comes out. It keeps nothing between calls; what it
 * knows of earlier steps stands in the prompt or in its notes.
 */
export const crafterPlayer: RulePlayer = {
  label: "rule-based player, not a language model",
  reply(messages: readonly ChatMessage[], samplingSeed: number): string {
    const view = parsePrompt(messages);
    if (view.phase === "log") return log(view, samplingSeed);
    if (view.phase === "consult") return consult(view);
    return commit(view, samplingSeed);
  },
};

/** Reads the notes, then works in what the last action did and writes down what changed. */
function log(view: PromptView, samplingSeed: number): string {
  const reads = pendingReads(view);
  if (reads.length > 0) return say("First, what I noted so far.", reads);
  if (view.scene === null) return say("There is nothing to note.", [renderOp("DONE", {})]);
  const stored = readLines(view.results);
  const scene = sceneOf(view, samplingSeed);
  const decision = decide(scene);
  const known = keepGoal(scene.known, decision, scene.step);
  const changes = writeChanges(view, stored, encode(known));
  const summary = changes.length === 0 ? "Nothing new to note." : `Noting what changed. I mean to ${decision.goal}.`;
  return say(summary, [...changes, renderOp("DONE", {})]);
}

function consult(view: PromptView): string {
  const reads = pendingReads(view);
  if (reads.length > 0) return say("These are the notes on where we are and what we were about.", reads);
  return say("That is all I noted.", [renderOp("HANDOFF", {})]);
}

function commit(view: PromptView, samplingSeed: number): string {
  const reads = pendingReads(view);
  if (reads.length > 0) return say("Before I act: where am I, and what was I about?", reads);
  const decision = view.scene === null ? null : decide(sceneOf(view, samplingSeed));
  return say(decision === null ? "I cannot make out the situation." : `Now: ${decision.goal}.`, [
    renderOp("ACTION", { action: allowed(view, decision) }),
  ]);
}

/** Reads that are worth a reply: the notes at first, then what did not fit into the answer. The last reply allowed is kept for writing or acting. */
function pendingReads(view: PromptView): string[] {
  if (view.repliesLeft !== null && view.repliesLeft < 2) return [];
  if (view.replies === 0) return readAll(view);
  return view.replies < 4 ? readOn(view.results) : [];
}

/** The decision's action if the prompt offers it, else waiting, else anything that is offered. */
function allowed({ actions }: PromptView, decision: Decision | null): string {
  const wanted = decision?.action ?? "Noop";
  if (actions.length === 0 || actions.includes(wanted)) return wanted;
  return actions.includes("Noop") ? "Noop" : (actions[0] ?? wanted);
}

function sceneOf(view: PromptView, samplingSeed: number): Scene {
  const sight = parseSight(view.scene ?? "");
  const step = view.step ?? view.history.length;
  const turn = view.turn ?? step + 1;
  const stepsLeft = Math.max(1, (view.maxSteps ?? 2000) - step);
  return new Scene(recall(view, sight, step), sight, { step, turn, stepsLeft }, createRng(samplingSeed).next);
}

function say(prose: string, ops: readonly string[]): string {
  return [prose, ...ops].join("\n");
}
