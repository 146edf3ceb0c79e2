import { executeOp } from "../ops/execute.ts";
import type { OpAttempt, OpOutcome } from "../ops/op.ts";
import { formatResults } from "../ops/results.ts";
import { findOp, type OpName, type Phase } from "../ops/vocabulary.ts";
import { inlineText, maxArgument } from "../trace/inline-text.ts";
import type { Answer } from "./conversation.ts";
import type { MemoryJournal } from "./memory-journal.ts";
import { type EpisodeSetup, record } from "./runtime.ts";

/** Ops of one reply that are carried out; a model means a handful, the rest is a loop or an attack. */
const maxOpsPerReply = 100;

/** Executes the ops of one step in textual order and remembers which reads the model has really seen. */
export class OpRun {
  private readonly setup: EpisodeSetup;
  private readonly journal: MemoryJournal;
  private readonly step: number;
  private readonly readOnly: ReadonlySet<string>;
  /** Read targets whose results were in the context of an earlier call of this step. */
  private readonly consulted = new Set<string>();
  private count = 0;

  constructor(setup: EpisodeSetup, journal: MemoryJournal, step: number) {
    this.setup = setup;
    this.journal = journal;
    this.step = step;
    const protectedKinds = new Set(["reference", "derived"]);
    this.readOnly = new Set(
      setup.bundle.manifest.files.filter((file) => protectedKinds.has(file.kind)).map((file) => file.name),
    );
  }

  /**
   * Runs everything in `attempts` but the control ops the phase allows, and returns the results for the model. `shown` says whether a later
   * call of the conversation will carry them: an unread read informs nothing (spec automem I-09, I-10).
   */
  run(attempts: readonly OpAttempt[], phase: Phase, answer: Answer, shown: boolean): string {
    const allowed = this.setup.bundle.manifest.ops[phase];
    const outcomes: OpOutcome[] = [];
    const read: string[] = [];
    const wanted = attempts.filter((attempt) => !isControl(attempt, allowed));
    for (const attempt of wanted.slice(0, maxOpsPerReply)) {
      const { outcome, delta } = executeOp(this.setup.store, attempt, { phase, allowed, readOnly: this.readOnly });
      const target = attempt.ok ? (attempt.args.file ?? attempt.args.target ?? "") : "";
      const kind = findOp(attempt.name)?.kind;
      const opId = `${this.step}.${phase}.op${this.count++}`;
      record(this.setup, {
        kind: "op",
        step: this.step,
        opId,
        callId: answer.callId,
        origin: "model",
        phase,
        name: attempt.name,
        args: attempt.ok ? inlineArguments(attempt.args) : {},
        offset: attempt.offset,
        status: outcome.status,
        ...(outcome.matches === undefined ? {} : { matches: outcome.matches }),
        result: this.setup.sink.blob(outcome.text),
        shown,
        ...(outcome.repeat === undefined ? {} : { repeat: outcome.repeat }),
        ...(kind === "write" && attempt.ok ? { informed: this.consulted.has(target) || this.consulted.has("*") } : {}),
      });
      if (delta !== null) this.journal.change(this.step, opId, delta);
      outcomes.push(outcome);
      if (kind === "read" && outcome.status === "ok") read.push(target);
    }
    if (shown) for (const target of read) this.consulted.add(target);
    const left = wanted.length - outcomes.length;
    // In front of the results, where no budget cuts it away.
    const note = `[${left} more commands of your reply were not carried out: at most ${maxOpsPerReply} are]\n\n`;
    return `${left > 0 ? note : ""}${formatResults(outcomes)}`;
  }
}

function inlineArguments(args: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, inlineText(value, maxArgument)]));
}

function isControl(attempt: OpAttempt, allowed: readonly OpName[]): boolean {
  return attempt.ok && findOp(attempt.name)?.kind === "control" && allowed.includes(attempt.name);
}
