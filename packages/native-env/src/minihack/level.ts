import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SetupError, UsageError } from "@metamem/core";
import { nativeBinding } from "../binding.ts";
import type { LevelNative, NativeLevelError } from "./level-native.ts";

/** Beside the addon: the compiler of levels, and the data file of games on levels of their own. */
const compilerPath = fileURLToPath(new URL("../../../../native/build/Release/libmetamem_levels.so", import.meta.url));
const dataPath = fileURLToPath(new URL("../../../../native/build/Release/minihack.dat", import.meta.url));
const remedy = "'bun run build:nethack' builds it";

let loaded: LevelNative | undefined;

/**
 * Compiles a text in the language of des-files that defines the level `mylevel`. `file` says in errors whose text it is. The bytes are
 * those that upstream's compiler writes (spec minihack §1.3).
 *
 * Throws `UsageError` `bad_level` with the first error: its file, line and problem stand in the message and in `data`. What upstream only
 * warns about, like an unknown kind of room, is an error too. Throws `SetupError` when the compiler is not built.
 */
export function compileLevel(text: string, file = "level"): Uint8Array {
  const native = levelNative();
  try {
    return new Uint8Array(native.compileLevel(text));
  } catch (cause) {
    throw isLevelError(cause) ? levelError(file, cause) : cause;
  }
}

/** The data library of a game that plays the level this text defines. Throws as `compileLevel` does. */
export function levelDataFile(text: string, file?: string): Uint8Array {
  return new Uint8Array(levelNative().composeDataLibrary(compileLevel(text, file)));
}

function isLevelError(cause: unknown): cause is NativeLevelError {
  return cause instanceof Error && "code" in cause && cause.code === "level";
}

function levelError(file: string, cause: NativeLevelError): UsageError {
  const { line, message: problem } = cause;
  return new UsageError("bad_level", `${file}:${line}: ${problem}; correct the level there`, {
    cause,
    data: { file, line, problem },
  });
}

function levelNative(): LevelNative {
  loaded ??= load();
  return loaded;
}

function load(): LevelNative {
  const native = nativeBinding().minihack;
  if (!existsSync(compilerPath) || !existsSync(dataPath)) {
    throw new SetupError("levels_missing", `the compiler of MiniHack's levels is not built here; ${remedy}`);
  }
  try {
    native.loadLevels(compilerPath, dataPath);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError("levels_broken", `the compiler of MiniHack's levels does not load (${reason}); ${remedy}`, {
      cause,
    });
  }
  return native;
}
