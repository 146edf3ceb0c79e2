/** The NetHack library beside the addon: is it built from these sources, and if not, build it. */

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { inCheckout } from "./checkout.ts";
import { say } from "./console.ts";
import { addonPath, putInPlace } from "./native-build.ts";
import { buildTarget, nativeSourceFolder, nativeWork } from "./native-cmake.ts";
import { hashOfSources, nativeSources } from "./native-hash.ts";
import { nethackSource, nethackSourceId, nethackSourceIsMissing } from "./nethack-source.ts";
import { ensureNethackTools } from "./nethack-tools.ts";

/**
 * What the build makes, below the work folder: the game's code and its data file, the compiler of levels and the data file of games on
 * levels of their own. The loaders in packages/native-env find them by name.
 */
const results = [
  ["nethack", "game", "libmetamem_nethack.so"],
  ["nethack", "game", "dat", "nhdat"],
  ["minihack", "libmetamem_levels.so"],
  ["minihack", "minihack.dat"],
].map((path) => join(nativeWork, ...path));
const stamp = join(dirname(addonPath), "libmetamem_nethack.sha256");

/** Whether a command line is about this game, so that it should be built before the command runs: by family, level file or task. */
export function concernsNethack(args: readonly string[]): boolean {
  if (args[0] === "level" || args.some((arg) => /nethack|minihack|\.des$/i.test(arg))) return true;
  const tasks = publishedTasks();
  return tasksIn(args).some((named) => tasks.some((task) => named === task || named.startsWith(`${task}-`)));
}

function tasksIn(args: readonly string[]): string[] {
  const values = args.flatMap((arg, at) => {
    if (arg.startsWith("--task=")) return arg.slice("--task=".length);
    return args[at - 1] === "--task" ? arg : [];
  });
  return values.flatMap((value) => value.split(",").map((name) => name.trim()));
}

/** The tasks that the benchmark has of it. */
function publishedTasks(): string[] {
  const path = inCheckout("seeds", "worlds", "published.json");
  if (!existsSync(path)) return [];
  const { families } = JSON.parse(readFileSync(path, "utf8")) as {
    families: Record<string, { worlds: { tasks: string[] }[] }>;
  };
  return ["nethack", "minihack"].flatMap((name) => families[name]?.worlds.flatMap(({ tasks }) => tasks) ?? []);
}

function wantedHash(): string {
  const isOurs = (file: string): boolean => /^(CMakeLists\.txt$|nethack\/|minihack\/level\/)/.test(file);
  return hashOfSources(nativeSourceFolder, nativeSources(nativeSourceFolder).filter(isOurs), [nethackSourceId]);
}

/** `current`: built from these very sources; `stale`: built from others; `missing`: not built. */
export function nethackState(): "current" | "stale" | "missing" {
  const places = [stamp, ...results.map((path) => join(dirname(addonPath), basename(path)))];
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
  await buildTarget("metamem_games", "building NetHack", { METAMEM_NETHACK_SOURCE_DIR: source });
  putInPlace(results, stamp, hash);
}
