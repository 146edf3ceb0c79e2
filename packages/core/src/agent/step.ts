import type { Episode } from "./episode.ts";
import { logPhase } from "./log.ts";
import { OpRun } from "./op-run.ts";
import { type Commit, planPhase } from "./plan.ts";

/**
 * One step of the method: observe -> effect -> LOG -> PLAN -> act.
 *
 * The effect of an action is first visible in the next observation. LOG therefore writes about the action of the step before, PLAN chooses the
 * action of this one and cannot write: nothing about an action is ever stored before what followed it was seen. Both phases are conversations
 * built from nothing; only the memory files survive a step.
 */
export async function playStep(episode: Episode): Promise<Commit> {
  const { setup } = episode;
  const ops = new OpRun(setup, episode.journal, episode.step);
  const effect = await episode.observe();
  if (episode.step > 0 && episode.hasMemory) {
    await logPhase(setup, episode.promptRoom(effect), ops);
    await episode.retain();
  }
  // A room of its own: PLAN must see the file index as LOG left it.
  const commit = await planPhase(setup, episode.promptRoom(effect), ops);
  await episode.act(commit);
  return commit;
}

/** After the last observation there is nothing to plan; LOG may still record how it ended (spec automem I-29). */
export async function finalLog(episode: Episode): Promise<void> {
  const { setup } = episode;
  const effect = await episode.observe();
  if (!episode.hasMemory || !setup.protocol.finalLog || episode.step === 0) return;
  await logPhase(setup, episode.promptRoom(effect), new OpRun(setup, episode.journal, episode.step));
  await episode.retain();
}
