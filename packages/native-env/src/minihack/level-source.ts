import { type JsonObject, SetupError } from "@metamem/core";
import { chooseLevel, type LevelSet, openLevelSet } from "./boxoban/index.ts";
import { levelDataFile } from "./level.ts";
import { boxobanLevel } from "./levels/index.ts";
import type { LevelOption } from "./options.ts";

/** A level as an episode plays it. */
export interface PlayedLevel {
  /** The data library the game plays it from. */
  readonly dataFile: Uint8Array;
  /** Where it comes from, for the record of the episode; empty for a task's own level. */
  readonly facts: JsonObject;
}

type Collection = Extract<LevelOption, { readonly from: "boxoban" }>;

/** Who lacks the published levels is told what can be played without them. */
function levelSet(option: Collection): LevelSet {
  try {
    return openLevelSet(option);
  } catch (cause) {
    if (!(cause instanceof SetupError) || option.source === "own") throw cause;
    throw new SetupError("boxoban_missing", `${cause.message}; the tasks named own-levels need none`, { cause });
  }
}

/** Finds the level of each episode. */
export class LevelSource {
  readonly #set: LevelSet | null;
  readonly #fixed: PlayedLevel | null;

  /** Throws `SetupError` when levels or their compiler are missing on this machine, `UsageError` when a level is not in order. */
  constructor(option: LevelOption) {
    this.#set = option.from === "boxoban" ? levelSet(option) : null;
    this.#fixed = option.from === "des" ? { dataFile: levelDataFile(option.text), facts: {} } : null;
  }

  /** The same object for all seeds where there is one level only. */
  levelFor(seed: number): PlayedLevel {
    if (this.#fixed !== null) return this.#fixed;
    const set = this.#set as LevelSet;
    const { index, level } = chooseLevel(set, seed);
    const facts = {
      levels: set.label,
      levelsHash: set.hash,
      levelCount: set.count,
      levelIndex: index,
      level: level.id,
    };
    return { dataFile: levelDataFile(boxobanLevel(level.rows), level.id), facts };
  }
}
