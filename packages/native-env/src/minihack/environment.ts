import type { Progress, TaskSpec } from "@metamem/core";
import { environmentArrays, type Play, TextEnvironment } from "../nethack/text-environment.ts";
import { MinihackGame } from "./game.ts";
import { LevelSource, type PlayedLevel } from "./level-source.ts";
import type { TaskStatus } from "./native.ts";
import { gameConfig, parseOptions } from "./options.ts";

type Game = MinihackGame<(typeof environmentArrays)[number]>;

/** A MiniHack task behind the environment contract, as the benchmark's wrappers play it (spec minihack §2). */
export class MinihackEnvironment extends TextEnvironment<Game> {
  /** Throws `UsageError` when the task's options or its level are not valid, `SetupError` when the game is not built or its levels are missing. */
  constructor(task: TaskSpec) {
    super(task, playOf(task));
  }
}

function playOf(task: TaskSpec): Play<Game> {
  const options = parseOptions(task.options);
  const names = task.actions.map(({ name }) => name);
  const source = new LevelSource(options.level);
  let level: PlayedLevel | undefined;
  return {
    title: "MiniHack",
    options,
    actionIndex: new Map(names.map((name, index) => [name, index])),
    open(clock) {
      const game = new MinihackGame(gameConfig({ ...options, clock }, names), environmentArrays);
      level = undefined;
      return game;
    },
    prepare(game, { core }) {
      const next = source.levelFor(core);
      if (next !== level) game.setDataFile(next.dataFile);
      level = next;
    },
    progress: (game) => progress(game, level),
    gauges: () => [],
  };
}

const endReasons: Readonly<Record<TaskStatus, string | null>> = {
  "-1": "step limit",
  0: null,
  1: "death",
  2: "success",
};

function progress(game: Game, level: PlayedLevel | undefined): Progress {
  const { episodeReturn, progression, status, environmentSteps } = game.statistics();
  return {
    progression,
    milestones: [{ name: "goal", reached: progression === 1 }],
    endReason: endReasons[status],
    details: { episodeReturn, status, environmentSteps, ...level?.facts },
  };
}
