import type { OpenedGame } from "../nethack/native.ts";
import type { LevelNative } from "./level-native.ts";

/** The addon's functions for tasks (native/binding/minihack_binding.cc). Their games are played and closed with NetHack's functions. */
export interface MinihackNative extends LevelNative {
  /** The task's raw arrays are written in any case. */
  open(config: NativeTaskConfig): OpenedGame;
  /** From the next reset on the game plays from this data library. */
  setDataFile(handle: number, bytes: Uint8Array): void;
  /** The level as it is, whatever the hero knows of it: characters of the 21 rows of 79 cells, then their colours. */
  viewLevel(handle: number): ArrayBuffer;
  statistics(handle: number): NativeTaskStatistics;
}

export interface NativeTaskConfig {
  /** Role, race, gender and alignment, e.g. `kni-hum-law-fem`; `@` is any. */
  readonly character: string;
  readonly autopickup: boolean;
  readonly pet: boolean;
  /** False: nothing but what the level says comes into being, and mazes are not stocked. */
  readonly spawnMonsters: boolean;
  /** Seconds since 1970 that the game's clock shows all the time, and what local time adds to it. */
  readonly clock: number;
  readonly utcOffset: number;
  /** Set of further raw arrays. */
  readonly wanted: number;
  /** Codes of the actions' keys, in the order of the task's list. */
  readonly keys: Uint8Array;
  /** True: boulders are to be pushed onto fountains; false: a staircase down is to be reached. */
  readonly boulders: boolean;
  readonly maxSteps: number;
  readonly penaltyStep: number;
  readonly keepsQuestions: boolean;
  /** True: statistics instead of the map in the texts. */
  readonly statisticsLayout: boolean;
  /** True: distances and directions in the words of the published release. */
  readonly stepWords: boolean;
}

/** How an episode stands, in the benchmark's numbers: -1 the limit was reached, 0 it goes on, 1 death, 2 success. */
export type TaskStatus = -1 | 0 | 1 | 2;

/** The benchmark's own record of an episode. */
export interface NativeTaskStatistics {
  readonly episodeReturn: number;
  /** 1 only if the last step was worth at least 1. */
  readonly progression: number;
  readonly status: TaskStatus;
  readonly environmentSteps: number;
}
