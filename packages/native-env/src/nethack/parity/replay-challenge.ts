import { actionIndex, defaultAction } from "../actions.ts";
import { NethackGame } from "../game.ts";
import { type TextName, textNames } from "../raw-arrays.ts";
import type { Replay } from "./play-text.ts";
import type { TextRecording } from "./recording.ts";

/** What the benchmark does for an action that is not in its list. */
const defaultIndex = actionIndex.get(defaultAction) ?? 0;

/** The NetHack Challenge again. */
export function replayChallenge({ clock }: TextRecording): Replay<NethackGame<TextName>> {
  return {
    open: () => NethackGame.open({ clock }, textNames),
    action: (said) => actionIndex.get(said) ?? defaultIndex,
    episodeReturn: (game) => game.statistics().episodeReturn,
    record,
  };
}

function record(game: NethackGame<TextName>): Record<string, unknown> {
  const statistics = game.statistics();
  return {
    episode_return: statistics.episodeReturn,
    score: statistics.score,
    depth: statistics.depth,
    gold: statistics.gold,
    experience_level: statistics.experienceLevel,
    time: statistics.time,
    dlvl_list: statistics.depths.map((level) => `Dlvl:${level}`),
    xplvl_list: statistics.experienceLevels.map((level) => `Xp:${level}`),
    highest_achievement: statistics.highestAchievement === "" ? null : statistics.highestAchievement,
    progression: statistics.progression,
    end_reason: statistics.endReason === "" ? null : statistics.endReason,
  };
}
