import { type ChatMessage, type RulePlayer, renderOp } from "@metamem/core";
import { type NoteFiles, readOn } from "./note-files.ts";
import { type Notes, readLines } from "./notes.ts";
import { type PromptView, parsePrompt } from "./parse-prompt.ts";

/** What a player makes of a moment. */
export interface Thought<Topic extends string> {
  /** One of the game's actions. */
  readonly action: string;
  /** In words, for the prose around the commands. */
  readonly goal: string;
  /** Everything to be remembered; only asked for in LOG. */
  readonly notes: () => Notes<Topic>;
}

/** What a game's player brings along; the exchange of commands is the same for all. */
export interface Rules<Topic extends string> {
  readonly holdsSight: (text: string) => boolean;
  readonly files: NoteFiles<Topic>;
  /** What to do when nothing can be made out. */
  readonly idle: string;
  /** Called with a prompt that shows the game. */
  readonly think: (view: PromptView, samplingSeed: number) => Thought<Topic>;
}

/**
 * The rule-based player behind `--model scripted`: the prompt goes in, a reply as a model would write it comes out. It keeps nothing between calls; what it
 * knows of earlier steps stands in the prompt or in its notes.
 */
export function rulePlayer<Topic extends string>(rules: Rules<Topic>): RulePlayer {
  return {
    label: "rule-based player, not a language model",
    reply(messages: readonly ChatMessage[], samplingSeed: number): string {
      const view = parsePrompt(messages, rules.holdsSight);
      if (view.phase === "log") return log(rules, view, samplingSeed);
      if (view.phase === "consult") return consult(rules, view);
      return commit(rules, view, samplingSeed);
    },
  };
}

/** Reads the notes, then works in what the last action did and writes down what changed. */
function log<Topic extends string>(rules: Rules<Topic>, view: PromptView, samplingSeed: number): string {
  const reads = pendingReads(rules, view);
  if (reads.length > 0) return say("First, what I noted so far.", reads);
  if (view.scene === null) return say("There is nothing to note.", [renderOp("DONE", {})]);
  const { goal, notes } = rules.think(view, samplingSeed);
  const changes = rules.files.writeChanges(view, readLines(view.results), notes());
  const summary = changes.length === 0 ? "Nothing new to note." : `Noting what changed. I mean to ${goal}.`;
  return say(summary, [...changes, renderOp("DONE", {})]);
}

function consult<Topic extends string>(rules: Rules<Topic>, view: PromptView): string {
  const reads = pendingReads(rules, view);
  if (reads.length > 0) return say("These are the notes on where we are and what we were about.", reads);
  return say("That is all I noted.", [renderOp("HANDOFF", {})]);
}

function commit<Topic extends string>(rules: Rules<Topic>, view: PromptView, samplingSeed: number): string {
  const reads = pendingReads(rules, view);
  if (reads.length > 0) return say("Before I act: where am I, and what was I about?", reads);
  const thought = view.scene === null ? null : rules.think(view, samplingSeed);
  return say(thought === null ? "I cannot make out the situation." : `Now: ${thought.goal}.`, [
    renderOp("ACTION", { action: allowed(view, thought?.action ?? rules.idle, rules.idle) }),
  ]);
}

/** Reads that are worth a reply: the notes at first, then what did not fit into the answer. The last reply allowed is kept for writing or acting. */
function pendingReads<Topic extends string>({ files }: Rules<Topic>, view: PromptView): string[] {
  if (view.repliesLeft !== null && view.repliesLeft < 2) return [];
  if (view.replies === 0) return files.readAll(view);
  return view.replies < 4 ? readOn(view.results) : [];
}

/** The wanted action if the prompt offers it, else waiting, else anything that is offered. */
function allowed({ actions }: PromptView, wanted: string, idle: string): string {
  if (actions.length === 0 || actions.includes(wanted)) return wanted;
  return actions.includes(idle) ? idle : (actions[0] ?? wanted);
}

function say(prose: string, ops: readonly string[]): string {
  return [prose, ...ops].join("\n");
}
