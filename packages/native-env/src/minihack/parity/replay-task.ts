import type { Replay } from "../../nethack/parity/play-text.ts";
import { type TextName, textNames } from "../../nethack/raw-arrays.ts";
import { MinihackGame } from "../game.ts";
import { levelDataFile } from "../level.ts";
import type { RecordedTask } from "./recorded-task.ts";

type Game = MinihackGame<TextName>;

/** A recorded episode of a task again, on the level it was recorded on. */
export function replayTask({ config, action, level }: RecordedTask): Replay<Game> {
  return {
    open() {
      const game = new MinihackGame(config, textNames);
      game.setDataFile(levelDataFile(level));
      return game;
    },
    action,
    episodeReturn: (game) => game.statistics().episodeReturn,
    record,
  };
}

/** The end of an episode is a number in this record. */
function record(game: Game): Record<string, unknown> {
  const { episodeReturn, progression, status } = game.statistics();
  return { episode_return: episodeReturn, progression, end_reason: status };
}
