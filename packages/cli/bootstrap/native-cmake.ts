/** The native build folder: configured and built through cmake-js, one target at a time. */

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { inCheckout } from "./checkout.ts";
import { SetupError, write } from "./console.ts";
import { doneOf, ProgressLine } from "./progress.ts";
import { type LoggedRun, runLogged } from "./run-logged.ts";

export const nativeSourceFolder: string = inCheckout("native");
/** Where objects and results of the build lie. */
export const nativeWork: string = inCheckout("native", "build", "work");
/** All output of the last build. */
export const nativeLog: string = inCheckout("native", "build", "build.log");

const cache = join(nativeWork, "CMakeCache.txt");

/**
 * Configures and builds one target, shown as a progress line under `label`. `definitions` are CMake variables; they stay
 * set for later builds. Throws SetupError, after printing the end of the output, when the build fails.
 */
export async function buildTarget(
  target: string,
  label: string,
  definitions: Readonly<Record<string, string>> = {},
): Promise<void> {
  discardForeignWork();
  rmSync(nativeLog, { force: true });
  const progress = new ProgressLine(label);
  try {
    await configure(Object.entries(definitions).map(([name, value]) => `--CD${name}=${value}`));
    const build = await cmakeJs("build", ["--target", target], (done) => progress.update(done));
    insist(build, "build");
  } catch (error) {
    progress.abandon();
    throw error;
  }
  progress.finish();
}

/** Objects of a checkout that was copied or moved here depend on the headers of the old place. */
function discardForeignWork(): void {
  if (!existsSync(cache)) return;
  const home = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(readFileSync(cache, "utf8"))?.[1];
  if (home !== nativeSourceFolder) rmSync(nativeWork, { recursive: true });
}

/** Configures; a work folder of another compiler, generator or CMake may be refused, so that one is made anew. */
async function configure(definitions: readonly string[]): Promise<void> {
  const reused = existsSync(cache);
  const first = await cmakeJs("configure", definitions);
  if (first.exitCode === 0) return;
  if (!reused) return insist(first, "configure");
  rmSync(nativeWork, { recursive: true });
  insist(await cmakeJs("configure", definitions), "configure");
}

async function cmakeJs(
  command: "configure" | "build",
  options: readonly string[],
  onProgress?: (done: number) => void,
): Promise<LoggedRun> {
  mkdirSync(nativeWork, { recursive: true });
  const program = join(nativeSourceFolder, "node_modules", "cmake-js", "bin", "cmake-js");
  const jobs = String(availableParallelism());
  const folders = ["--directory", nativeSourceFolder, "--out", nativeWork, "--parallel", jobs];
  return await runLogged([process.execPath, program, command, ...folders, ...options], nativeLog, (line) => {
    const done = doneOf(line);
    if (done !== undefined) onProgress?.(done);
  });
}

function insist({ exitCode, tail }: LoggedRun, step: string): void {
  if (exitCode === 0) return;
  write(`${tail}\n`);
  throw new SetupError(`the native build failed at '${step}' (its last lines are above, all of it in ${nativeLog}).`);
}
