import { createRng } from "@metamem/core";
import type { PromptView } from "../../player/parse-prompt.ts";
import { rulePlayer } from "../../player/reply.ts";
import { decide } from "./decide.ts";
import { keepGoal } from "./keep-goal.ts";
import { noteFiles } from "./note-files.ts";
import { encode } from "./notes.ts";
import { holdsSight, parseSight } from "./parse-observation.ts";
import { recall } from "./recall.ts";
import { Scene } from "./scene.ts";

/** Plays Crafter by rules. */
export const crafterPlayer = rulePlayer({
  holdsSight,
  files: noteFiles,
  idle: "Noop",
  think(view, samplingSeed) {
    const scene = sceneOf(view, samplingSeed);
    const decision = decide(scene);
    const { action, goal } = decision;
    return { action, goal, notes: () => encode(keepGoal(scene.known, decision, scene.step)) };
  },
});

function sceneOf(view: PromptView, samplingSeed: number): Scene {
  const sight = parseSight(view.scene ?? "");
  const step = view.step ?? view.history.length;
  const turn = view.turn ?? step + 1;
  const stepsLeft = Math.max(1, (view.maxSteps ?? 2000) - step);
  return new Scene(recall(view, sight, step), sight, { step, turn, stepsLeft }, createRng(samplingSeed).next);
}
