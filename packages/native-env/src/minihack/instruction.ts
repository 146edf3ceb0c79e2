import type { Instruction, TaskSpec } from "@metamem/core";
import { readingTexts } from "../nethack/instruction.ts";
import { parseOptions } from "./options.ts";

const staircase =
  "Reach the staircase down (>): as soon as you stand on it you have won, there is no need to go down. What you have not seen is dark, so look for it. Monsters on the way can be fought by walking into them, or got around.";

const pushing =
  "A boulder is pushed by walking into it, straight ahead, if the cell behind it is free: it cannot be pulled, and two cannot be pushed at once. One in a corner is lost, and the task with it. A boulder hides the fountain it stands on.";

const fourBoulders = `Push the four boulders (\`) onto the four fountains ({), one each; you have won when all are covered. ${pushing} The # around are iron bars, which nobody passes.`;

const anyBoulders = `Push a boulder (\`) onto each fountain ({) you see in the beginning; you have won when all are covered and no other boulder is in sight. ${pushing}`;

const map =
  '"map" is the screen below the message row. @ is you (in another place it is a human), letters and other signs are creatures, . floor, # corridor or iron bars, - and | walls or open doors, + a closed door or a book, < and > stairs, } water or lava. Its last two rows are your status: attributes, then dungeon level (Dlvl), gold ($), health HP(max), energy Pw(max), armor class (AC, lower is better), experience (Xp:level/points). The list of what you carry, by letter, comes last.';

/** What a player of a task is told, in our own words (spec minihack §2 and §4). */
export function minihackInstruction(task: TaskSpec): Instruction {
  const { goal, level, maxSteps, keepsQuestions, stepWords } = parseOptions(task.options);
  const boulders = level.from === "boxoban" ? fourBoulders : anyBoulders;
  const questions = keepsQuestions
    ? `\nSome commands ask for more (a direction, an item): your next action is the answer, by the key it stands for. Menus close by themselves.`
    : "";
  return {
    role: "You play a small level of NetHack, a dungeon game on a text screen, as an adventurer.",
    goal: `${goal === "boulders" ? boulders : staircase}
You have ${maxSteps} steps; the goal must be reached before the last one. An action is one key, and death is final.${questions}`,
    observationGuide: `${readingTexts(stepWords)}
${map}
A door that stands open is entered and left in a straight line, never diagonally.`,
  };
}
