import { answer as answerAny } from "../../nethack/player/answer.ts";
import { act, type Decision } from "../../nethack/player/scene.ts";
import { bridgeFrom, freezing } from "./crossing.ts";
import { freezers } from "./freezers.ts";
import type { LevelScene } from "./level-scene.ts";

/** What to say while the game waits for more than a command; null when it waits for a command. Letters stand for the actions they are keys of. */
export function answer(scene: LevelScene): Decision | null {
  const { message, hero } = scene.sight;
  const { plan } = scene.known;
  if (hero === null && plan?.goal === freezing) {
    const command = /want to zap/.test(message) ? "zap" : /want to use or apply/.test(message) ? "apply" : null;
    const tool = freezers(scene).find((freezer) => freezer.command === command);
    if (tool !== undefined) return act(tool.letter, freezing, plan.cell);
    if (message.includes("Improvise?")) return act("y", freezing, plan.cell);
    const way = message.includes("In what direction") ? bridgeFrom(scene, scene.hero) : null;
    if (way !== null) return act(way.name, freezing, plan.cell);
  }
  return answerAny(scene);
}
