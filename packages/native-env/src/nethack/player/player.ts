import { createRng } from "@metamem/core";
import type { PromptView } from "../../player/parse-prompt.ts";
import { rulePlayer } from "../../player/reply.ts";
import { decide } from "./decide.ts";
import { keepPlan } from "./keep-plan.ts";
import type { Knowledge } from "./knowledge.ts";
import { noteFiles } from "./note-files.ts";
import { encode } from "./notes.ts";
import { holdsSight, parseSight } from "./parse-observation.ts";
import { recall } from "./recall.ts";
import { Scene } from "./scene.ts";

/** Plays NetHack by rules. */
export const nethackPlayer = rulePlayer({
  holdsSight,
  files: noteFiles,
  idle: "search",
  think(view, samplingSeed) {
    const known = planned(view, samplingSeed);
    const { action = "search", goal = "let time pass" } = known.plan ?? {};
    return { action, goal, notes: () => encode(known) };
  },
});

/** What is known, with a plan for this step: the one noted in LOG if there is one. */
function planned(view: PromptView, samplingSeed: number): Knowledge {
  const sight = parseSight(view.scene ?? "");
  const step = view.step ?? view.history.length;
  const { known, noted, fresh } = recall(view, sight, step);
  if (!fresh && known.plan !== null) return known;
  return keepPlan(known, decide(new Scene(known, sight, createRng(samplingSeed).next, noted)), step);
}
