import { createRng } from "@metamem/core";
import { keepPlan } from "../../nethack/player/keep-plan.ts";
import type { Knowledge } from "../../nethack/player/knowledge.ts";
import { noteFiles } from "../../nethack/player/note-files.ts";
import { encode } from "../../nethack/player/notes.ts";
import { holdsSight, parseSight, type Sight } from "../../nethack/player/parse-observation.ts";
import { recall } from "../../nethack/player/recall.ts";
import type { PromptView } from "../../player/parse-prompt.ts";
import { rulePlayer } from "../../player/reply.ts";
import { isPuzzle, solveOn } from "./boulders.ts";
import { decide } from "./decide.ts";
import { LevelScene } from "./level-scene.ts";

/** Steps of an episode when the prompt does not say. */
const usualSteps = 100;

/** Plays the tasks of MiniHack by rules. It shares eyes, notes and ways with NetHack's player. */
export const minihackPlayer = rulePlayer({
  holdsSight,
  files: noteFiles,
  idle: "search",
  think(view) {
    const sight = parseSight(view.scene ?? "");
    if (isPuzzle(sight)) return solveOn(view, sight);
    const known = planned(view, sight);
    const { action = "search", goal = "let time pass" } = known.plan ?? {};
    return { action, goal, notes: () => encode(known) };
  },
});

/** What is known, with a plan for this step: the one noted in LOG if there is one. */
function planned(view: PromptView, sight: Sight): Knowledge {
  const step = view.step ?? view.history.length;
  const { known, fresh } = recall(view, sight, step);
  if (!fresh && known.plan !== null) return known;
  const stepsLeft = (view.maxSteps ?? usualSteps) - step;
  // What is left to chance differs from step to step, not from one asking to the next.
  const { next } = createRng(step);
  return keepPlan(known, decide(new LevelScene(known, sight, next, view.actions, stepsLeft)), step);
}
