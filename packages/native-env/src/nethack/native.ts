/** The addon's functions for this game (native/binding/nethack_binding.cc). `handle` is what `open` returned. */
export interface NethackNative {
  /**
   * Opens the built game for the whole process; a second call with the same paths does nothing. Everything below needs it.
   * Throws with `code` `library` or `data-file` when a file is missing, damaged or of another version.
   */
  load(libraryPath: string, dataPath: string): void;
  open(config: NativeConfig): OpenedGame;
  close(handle: number): void;

  /** Starts an episode of the benchmark: a new game, past its first pages. */
  reset(handle: number, core: number | bigint, display: number | bigint): void;
  /** Plays an action by its index in `actionNames`; the results are in the block. */
  step(handle: number, action: number): void;
  /** The texts of the current observation; Latin-1. */
  longText(handle: number): string;
  shortText(handle: number): string;
  statistics(handle: number): NativeStatistics;

  /** Starts a game without the benchmark around it, up to its first key request. */
  start(handle: number, core: number | bigint, display: number | bigint, reseed: boolean): void;
  /** Sends one key and runs to the next key request or the end. */
  press(handle: number, key: number): void;

  /** What the benchmark's agents may say, in its order; those that nothing can execute are left out. */
  actionNames(): readonly string[];
  /** What the benchmark calls each glyph, by glyph number; empty for floors. Needs `load`. */
  glyphNames(): readonly string[];
  /** Where each raw array lies in a block. */
  arrays(): readonly NativeArray[];
  /** Where the records go that tell, after a crash inside a game, which game it was: a file for this many games. */
  recordTo(path: string, games: number): void;
}

/** `block` holds the raw arrays and behind them the results of the latest call (text-game.ts). */
export interface OpenedGame {
  readonly handle: number;
  readonly block: ArrayBuffer;
}

export interface NativeConfig {
  /** Role, race, gender and alignment, e.g. `mon-hum-neu-mal`; `@` is any. */
  readonly character: string;
  readonly autopickup: boolean;
  /** Seconds since 1970 that the game's clock shows all the time, and what local time adds to it. */
  readonly clock: number;
  readonly utcOffset: number;
  /** Set of raw arrays, one bit each in the order of `arrays`. Asking for `screen_descriptions` changes the game. */
  readonly wanted: number;
  readonly maxSteps: number;
  readonly noProgressTimeout: number;
  readonly skipMore: boolean;
  /** True: statistics instead of the map in the texts. */
  readonly statisticsLayout: boolean;
  /** True: distances and directions in the words of the published release. */
  readonly stepWords: boolean;
}

export interface NativeArray {
  readonly name: string;
  readonly elementBytes: number;
  readonly elements: number;
  /** From the block's beginning, in bytes. */
  readonly offset: number;
}

/** The benchmark's own record of an episode. */
export interface NativeStatistics {
  readonly episodeReturn: number;
  readonly score: number;
  readonly depth: number;
  readonly gold: number;
  readonly experienceLevel: number;
  readonly time: number;
  readonly depths: readonly number[];
  readonly experienceLevels: readonly number[];
  /** Empty while the progression is 0. */
  readonly highestAchievement: string;
  readonly progression: number;
  /** Empty while the episode goes on. */
  readonly endReason: string;
  readonly environmentSteps: number;
}
