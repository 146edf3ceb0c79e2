/** The native addon: is it built from these sources, and if not, build it. */

import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { inCheckout } from "./checkout.ts";
import { SetupError, write } from "./console.ts";
import { nativeHash } from "./native-hash.ts";
import { doneOf, ProgressLine } from "./progress.ts";
import { type LoggedRun, runLogged } from "./run-logged.ts";

const sources = inCheckout("native");
/** Where the loader in packages/native-env finds the addon. */
export const addonPath: string = inCheckout("native", "build", "Release", "metamem.node");
const stamp = join(dirname(addonPath), "metamem.node.sha256");
const work = inCheckout("native", "build", "work");
const cache = join(work, "CMakeCache.txt");
const log = inCheckout("native", "build", "build.log");

function wantedHash(): string {
  return nativeHash(sources, readFileSync(inCheckout("bun.lock"), "utf8"));
}

/** `current`: built from these very sources; `stale`: built from others; `missing`: not built. */
export function nativeState(): "current" | "stale" | "missing" {
  if (!existsSync(addonPath) || !existsSync(stamp)) return "missing";
  return readFileSync(stamp, "utf8") === wantedHash() ? "current" : "stale";
}

/** Why the built addon cannot be loaded, or undefined when it can. Tried in a child: a bad addon may end the process. */
export function addonLoadError(path: string = addonPath): string | undefined {
  const child = Bun.spawnSync([process.execPath, "-e", "require(process.env.METAMEM_ADDON)"], {
    env: { ...process.env, METAMEM_ADDON: path },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  if (child.exitCode === 0) return undefined;
  const errorLine = /^.*error: .*$/m.exec(child.stderr.toString())?.[0];
  return errorLine ?? `loading it ended with exit code ${child.exitCode}`;
}

/** Builds the addon through cmake-js and puts it in place in one move. Throws SetupError when it cannot. */
export async function buildNative(): Promise<void> {
  const hash = wantedHash();
  discardForeignWork();
  rmSync(log, { force: true });
  const progress = new ProgressLine("building the native games");
  try {
    await configure();
    insist(await cmakeJs("build", (done) => progress.update(done)), "build");
  } catch (error) {
    progress.abandon();
    throw error;
  }
  install(join(work, "Release", "metamem.node"), hash);
  progress.finish();
}

/** Objects of a checkout that was copied or moved here depend on the headers of the old place. */
function discardForeignWork(): void {
  if (!existsSync(cache)) return;
  const home = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(readFileSync(cache, "utf8"))?.[1];
  if (home !== sources) rmSync(work, { recursive: true });
}

/** Configures; a work folder of another compiler, generator or CMake may be refused, so that one is made anew. */
async function configure(): Promise<void> {
  const reused = existsSync(cache);
  const first = await cmakeJs("configure");
  if (first.exitCode === 0) return;
  if (!reused) return insist(first, "configure");
  rmSync(work, { recursive: true });
  insist(await cmakeJs("configure"), "configure");
}

async function cmakeJs(command: "configure" | "build", onProgress?: (done: number) => void): Promise<LoggedRun> {
  mkdirSync(work, { recursive: true });
  const program = join(sources, "node_modules", "cmake-js", "bin", "cmake-js");
  const jobs = String(availableParallelism());
  return await runLogged(
    [process.execPath, program, command, "--directory", sources, "--out", work, "--parallel", jobs],
    log,
    (line) => {
      const done = doneOf(line);
      if (done !== undefined) onProgress?.(done);
    },
  );
}

function insist({ exitCode, tail }: LoggedRun, step: string): void {
  if (exitCode === 0) return;
  write(`${tail}\n`);
  throw new SetupError(`the native build failed at '${step}' (its last lines are above, all of it in ${log}).`);
}

function install(built: string, hash: string): void {
  if (!existsSync(built)) throw new SetupError(`the native build made no ${built}; see ${log}.`);
  const loadError = addonLoadError(built);
  if (loadError !== undefined) throw new SetupError(`the native addon was built but does not load: ${loadError}`);
  mkdirSync(dirname(addonPath), { recursive: true });
  // First the old stamp goes, then the addon changes, then the new stamp comes: a kill in between means a rebuild.
  rmSync(stamp, { force: true });
  const beside = `${addonPath}.new`;
  copyFileSync(built, beside);
  renameSync(beside, addonPath);
  writeFileSync(stamp, hash);
}
