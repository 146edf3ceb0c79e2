import type { Progress, TaskSpec } from "@metamem/core";
import { actionIndex } from "./actions.ts";
import { NethackGame } from "./game.ts";
import { gameConfig, parseOptions } from "./options.ts";
import { milestones } from "./progression.ts";
import { environmentArrays, type Play, TextEnvironment } from "./text-environment.ts";

type Game = NethackGame<(typeof environmentArrays)[number]>;

/** The NetHack Challenge (spec nethack §5.3). */
export class NethackEnvironment extends TextEnvironment<Game> {
  /** Throws `UsageError` when the task's options are not valid, `SetupError` when the game is not built. */
  constructor(task: TaskSpec) {
    super(task, challenge(task));
  }
}

function challenge(task: TaskSpec): Play<Game> {
  const options = parseOptions(task.options);
  return {
    title: "NetHack",
    options,
    actionIndex,
    open: (clock) => new NethackGame(gameConfig({ ...options, clock }), environmentArrays),
    progress,
    gauges: (facts) => [
      { label: "depth", value: facts.status("depth") },
      { label: "level", value: facts.status("experienceLevel") },
    ],
  };
}

function progress(game: Game): Progress {
  const { progression, endReason, ...record } = game.statistics();
  return {
    progression,
    milestones: milestones(record.depths, record.experienceLevels),
    endReason: endReason === "" ? null : endReason,
    details: {
      ...record,
      highestAchievement: record.highestAchievement === "" ? null : record.highestAchievement,
    },
  };
}
