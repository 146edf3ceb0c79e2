import type { Instruction, TaskSpec } from "@metamem/core";
import { parseOptions } from "./options.ts";

const role = "You play NetHack, a dungeon game on a text screen, as an adventurer of a role that the game has drawn.";

const goal = `Get as far as you can before you die. What counts is the deepest dungeon level you have been on and the highest experience level you have reached: the better of the two is your score, and it never falls again.
Every level of the dungeon differs from game to game; the way down is a staircase (>) that has to be found. Death is final. There are a great many steps, so staying alive and moving on matters more than speed.
An action is one key. Many commands ask for more with their next message (a direction, an item's letter, yes or no): the answer is your next action, either as a word (north) or as the bare key (a). Answer or leave with esc before you do anything else: while the game waits, other actions are taken for the answer.`;

const distances = "(adjacent is 1 step, very near 2, near 3 to 5, far 6 to 19, very far 20 or more)";
/** The published release's words say numbers themselves, which are not the true ones (spec balrog-text §9). */
const stepDistances = "(the numbers of steps are rough)";

function guide(how: string): string {
  return `"message" is what the game tells or asks. "language observation" lists what the map shows, remembered things too, as it lies from your place: how far ${how} and where; of floors, walls and doorways only what lies straight in one of the eight directions is named. "cursor" says where the cursor is, which is your own place unless the game asks for another one; x counts columns from the left, y rows from the top, the message row being 0.
"map" is the screen below the message row. @ is you (in another place it is a human), letters and other signs are creatures, . floor, # corridor, - and | walls or open doors, + a closed door or a book, < and > stairs. Its last two rows are your status: attributes, then dungeon level (Dlvl), gold ($), health HP(max), energy Pw(max), armor class (AC, lower is better), experience (Xp:level/points), turn (T) and words for hunger, burden and ailments. The list of what you carry, by letter, comes last.
A door that stands open is entered and left in a straight line, never diagonally.`;
}

/** What a player is told, in our own words; the facts are those of the benchmark's task (spec nethack §5.3, balrog-text §3 and §8). */
export function nethackInstruction({ options }: TaskSpec): Instruction {
  const { noProgressTimeout, stepWords } = parseOptions(options);
  const timeout = `If no game time passes for ${noProgressTimeout} actions in a row the episode is over.`;
  return { role, goal: `${goal}\n${timeout}`, observationGuide: guide(stepWords ? stepDistances : distances) };
}
