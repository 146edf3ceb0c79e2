/** The NetHack library beside the addon: is it built from these sources, and if not, build it. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { say } from "./console.ts";
import { addonPath, putInPlace } from "./native-build.ts";
import { buildTarget, nativeSourceFolder, nativeWork } from "./native-cmake.ts";
import { hashOfSources, nativeSources } from "./native-hash.ts";
import { nethackSource, nethackSourceId, nethackSourceIsMissing } from "./nethack-source.ts";
import { ensureNethackTools } from "./nethack-tools.ts";

/** What the build makes: the game's code and its data file. The loader in packages/native-env finds them by name. */
const results = ["libmetamem_nethack.so", "nhdat"];
const stamp = join(dirname(addonPath), "libmetamem_nethack.sha256");

/** Whether a command line is about this game, so that it should be built before the command runs. */
export function concernsNethack(args: readonly string[]): boolean {
  return args.some((arg) => /nethack|minihack/i.test(arg));
}

function wantedHash(): string {
  const isOurs = (file: string): boolean => file === "CMakeLists.txt" || file.startsWith("nethack/");
  return hashOfSources(nativeSourceFolder, nativeSources(nativeSourceFolder).filter(isOurs), [nethackSourceId]);
}

/** `current`: built from these very sources; `stale`: built from others; `missing`: not built. */
export function nethackState(): "current" | "stale" | "missing" {
  const places = [stamp, ...results.map((name) => join(dirname(addonPath), name))];
  if (!places.every((place) => existsSync(place))) return "missing";
  return readFileSync(stamp, "utf8") === wantedHash() ? "current" : "stale";
}

/** The folder with the sources, ready to be built: with everything fetched and installed that this takes. */
export async function readyNethackSource(): Promise<string> {
  await ensureNethackTools(nethackSourceIsMissing());
  return await nethackSource();
}

/** Fetches what is missing and builds. Throws SetupError when it cannot. */
export async function buildNethack(): Promise<void> {
  const hash = wantedHash();
  const source = await readyNethackSource();
  if (nethackState() === "missing") say("NetHack is built once, this takes a few minutes");
  await buildTarget("metamem_nethack", "building NetHack", { METAMEM_NETHACK_SOURCE_DIR: source });
  const game = join(nativeWork, "nethack", "game");
  putInPlace([join(game, "libmetamem_nethack.so"), join(game, "dat", "nhdat")], stamp, hash);
}
