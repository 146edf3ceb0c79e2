import type { TaskSpec } from "@metamem/core";
import type { Replay } from "../../nethack/parity/play-text.ts";
import { type TextName, textNames } from "../../nethack/raw-arrays.ts";
import { MinihackGame } from "../game.ts";
import { levelDataFile } from "../level.ts";
import { boxobanLevel } from "../levels/index.ts";
import { gameConfig, parseOptions } from "../options.ts";
import type { TaskRecording } from "./recording.ts";

type Game = MinihackGame<TextName>;

/** A recorded episode of a task again, on the level it was recorded on. */
export function replayTask(task: TaskSpec, { clock, autopickup, boxoban }: TaskRecording): Replay<Game> {
  const options = { ...parseOptions(task.options), clock, autopickup };
  const names = task.actions.map(({ name }) => name);
  const text = options.level.from === "des" ? options.level.text : boxobanLevel(boxoban?.rows ?? []);
  return {
    open() {
      const game = new MinihackGame(gameConfig(options, names), textNames);
      game.setDataFile(levelDataFile(text));
      return game;
    },
    action: (said) => names.indexOf(names.includes(said) ? said : task.defaultAction),
    episodeReturn: (game) => game.statistics().episodeReturn,
    record,
  };
}

/** The end of an episode is a number in this record. */
function record(game: Game): Record<string, unknown> {
  const { episodeReturn, progression, status } = game.statistics();
  return { episode_return: episodeReturn, progression, end_reason: status };
}
