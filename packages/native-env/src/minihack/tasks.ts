import type { JsonObject, StandIn, TaskSpec } from "@metamem/core";
import { actionLists, actionSpecs, defaultAction, fallbackAction } from "./actions.ts";
import { folderVariable, publicLevelsAt } from "./boxoban/index.ts";
import {
  corridorBattleDarkLevel,
  corridorLevel,
  mazeWalkLevel,
  questEasyLevel,
  questMediumLevel,
} from "./levels/index.ts";
import { parseOptions } from "./options.ts";

const knight = "kni-hum-law-fem";

/** What a task is defined by; the rest is the same for all. */
interface Definition {
  readonly id: string;
  readonly title: string;
  readonly actions: readonly string[];
  readonly options: JsonObject;
}

/** The tasks of the benchmark (spec minihack §4), and ours for machines without the published Boxoban levels. */
const definitions: readonly Definition[] = [
  maze("MazeWalk-9x9", "Find the stairs down in a maze of 9 by 9 cells", mazeWalkLevel(9)),
  maze("MazeWalk-15x15", "Find the stairs down in a maze of 15 by 15 cells", mazeWalkLevel(15)),
  {
    id: "Corridor-R3",
    title: "Find the stairs down among three rooms and corridors",
    actions: actionLists.doors,
    options: { level: { from: "des", text: corridorLevel } },
  },
  {
    id: "CorridorBattle-Dark",
    title: "Fight a pack of rats in the dark, and reach the stairs down",
    actions: actionLists.compass,
    options: { level: { from: "des", text: corridorBattleDarkLevel() }, character: knight },
  },
  {
    id: "Quest-Easy",
    title: "Get over a river of lava, past monsters, to the stairs down",
    actions: actionLists.everything,
    options: { level: { from: "des", text: questEasyLevel() }, keepsQuestions: true },
  },
  {
    id: "Quest-Medium",
    title: "Get past a pack of rats and over a river of lava to the stairs down",
    actions: actionLists.everything,
    options: { level: { from: "des", text: questMediumLevel() }, character: knight, keepsQuestions: true },
  },
  boxoban("Boxoban-Hard", "hard", "public"),
  boxoban("Boxoban-Medium", "medium", "public"),
  boxoban("Boxoban-Hard-own-levels", "hard", "own"),
  boxoban("Boxoban-Medium-own-levels", "medium", "own"),
];

function maze(id: string, title: string, text: string): Definition {
  return { id, title, actions: actionLists.compass, options: { level: { from: "des", text } } };
}

function boxoban(id: string, difficulty: "hard" | "medium", source: "public" | "own"): Definition {
  const whose = source === "own" ? " (own levels, not the published ones)" : "";
  const title = `Push a boulder onto each of four fountains, ${difficulty}${whose}`;
  const options = { level: { from: "boxoban", difficulty, source }, goal: "boulders" };
  return { id, title, actions: actionLists.straight, options };
}

/**
 * A task with these actions and options; what is not given is the benchmark's. The options are spelled out, so that a trace records them all. Throws
 * `UsageError` for what is not valid.
 */
export function makeTask({ id, title, actions, options }: Definition): TaskSpec {
  const parsed = parseOptions(options);
  return {
    family: "minihack",
    id,
    title,
    actions: actionSpecs(actions),
    defaultAction: defaultAction(actions),
    fallbackAction: fallbackAction(actions),
    maxSteps: parsed.maxSteps,
    options: parsed satisfies JsonObject,
  };
}

export const minihackTasks: readonly TaskSpec[] = definitions.map(makeTask);

/** Our own levels where the published ones are not on this machine. A folder that is named but lacks them stays an error. */
export function ownLevelsInstead({ id, options }: TaskSpec): StandIn | null {
  const { level } = parseOptions(options);
  if (level.from !== "boxoban" || level.source === "own" || publicLevelsAt(level.difficulty) !== null) return null;
  const task = minihackTasks.find((own) => own.id === `${id}-own-levels`);
  if (task === undefined || process.env[folderVariable]) return null;
  const remedy = `'metamem data boxoban --from DIR' stores a copy, --boxoban DIR or ${folderVariable} names a folder of them`;
  return { task, reason: `the published levels are not on this machine; ${remedy}` };
}
