/** The addon's functions for levels (native/binding/minihack_level_binding.cc). */
export interface LevelNative {
  /**
   * Opens the built compiler and the data all games share, for the whole process; a second call with the same paths does nothing.
   * Everything below needs it. Throws with `code` `library` when a file is missing, damaged or of another version.
   */
  loadLevels(compilerPath: string, dataPath: string): void;
  /** The compiled bytes of the level `mylevel`. Throws a `NativeLevelError` for a text that does not define it, and nothing else. */
  compileLevel(desText: string): ArrayBuffer;
  /** The data library of a game that plays a compiled level. */
  composeDataLibrary(levelBytes: Uint8Array): ArrayBuffer;
}

/** What the addon throws for a text with an error: the first one. */
export interface NativeLevelError extends Error {
  readonly code: "level";
  /** Counted from 1. */
  readonly line: number;
}
