import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SetupError } from "@metamem/core";
import { nativeBinding } from "../binding.ts";
import type { NethackNative } from "./native.ts";

/** Beside the addon: the game itself, and the data file it plays from. */
const libraryPath = fileURLToPath(new URL("../../../../native/build/Release/libmetamem_nethack.so", import.meta.url));
const dataPath = fileURLToPath(new URL("../../../../native/build/Release/nhdat", import.meta.url));
const remedy = "'bun run build:nethack' fetches its sources and builds it, 'bun run doctor' names what that needs";

let loaded: NethackNative | undefined;

/** The addon's NetHack with the game loaded. Throws `SetupError` when it was not built here, or does not load. */
export function nethackNative(): NethackNative {
  loaded ??= load();
  return loaded;
}

/** Whether this checkout has built the game. */
export function nethackIsBuilt(): boolean {
  return existsSync(libraryPath) && existsSync(dataPath);
}

function load(): NethackNative {
  if (!nethackIsBuilt()) throw new SetupError("nethack_missing", `NetHack is not built here; ${remedy}`);
  const native = nativeBinding().nethack;
  try {
    native.load(libraryPath, dataPath);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError("nethack_broken", `NetHack does not load (${reason}); ${remedy}`, { cause });
  }
  return native;
}
