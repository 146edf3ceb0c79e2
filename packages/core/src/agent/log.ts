import { parseOps } from "../ops/grammar.ts";
import { Conversation } from "./conversation.ts";
import type { OpRun } from "./op-run.ts";
import type { PromptRoom } from "./prompt-room.ts";
import { type EpisodeSetup, record } from "./runtime.ts";

/**
 * LOG: the memory role writes down what the last action did, now that its outcome has been observed. Ends with DONE, with a reply
 * without ops, or at the call limit. A DONE that arrives together with a failed op is heard one call later, so that the model sees its mistake.
 */
export async function logPhase(setup: EpisodeSetup, room: PromptRoom, ops: OpRun): Promise<void> {
  const { step } = room.scene;
  const limit = setup.protocol.logCalls;
  record(setup, { kind: "phase.start", step, phase: "log" });
  const conversation = new Conversation(setup, step, "log", await room.open("log"));
  let exit: "done" | "no_op" | "limit" = "limit";
  let calls = 0;
  let reopened = false;
  while (calls < limit && exit === "limit") {
    const answer = await conversation.ask("log", "memory", calls++);
    const attempts = parseOps(answer.text, { cut: answer.cut });
    const done = attempts.some((attempt) => attempt.ok && attempt.name === "DONE");
    const malformed = attempts.some((attempt) => !attempt.ok);
    const last = calls === limit || attempts.length === 0 || (done && (!malformed || reopened));
    const results = ops.run(attempts, "log", answer, !last);
    if (attempts.length === 0) exit = "no_op";
    else if (done && last) exit = "done";
    else if (!last) conversation.push(room.followUp("log", results, limit - calls));
    reopened ||= done;
  }
  record(setup, { kind: "phase.end", step, phase: "log", exit, calls });
}
