/** The native addon: is it built from these sources, and if not, build it. */

import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { inCheckout } from "./checkout.ts";
import { SetupError } from "./console.ts";
import { buildTarget, nativeLog, nativeSourceFolder, nativeWork } from "./native-cmake.ts";
import { nativeHash } from "./native-hash.ts";

/** Where the loader in packages/native-env finds the addon. */
export const addonPath: string = inCheckout("native", "build", "Release", "metamem.node");
const stamp = join(dirname(addonPath), "metamem.node.sha256");

function wantedHash(): string {
  return nativeHash(nativeSourceFolder, readFileSync(inCheckout("bun.lock"), "utf8"));
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
  await buildTarget("metamem", "building the native games");
  const built = join(nativeWork, "Release", "metamem.node");
  if (!existsSync(built)) throw new SetupError(`the native build made no ${built}; see ${nativeLog}.`);
  const loadError = addonLoadError(built);
  if (loadError !== undefined) throw new SetupError(`the native addon was built but does not load: ${loadError}`);
  putInPlace([built], stamp, hash);
}

/**
 * Moves built files to where they are loaded from, and writes the stamp that says what they were built from. First the
 * old stamp goes, then the files change, then the new stamp comes: a kill in between means a rebuild.
 */
export function putInPlace(built: readonly string[], stampPath: string, hash: string): void {
  const folder = dirname(stampPath);
  mkdirSync(folder, { recursive: true });
  rmSync(stampPath, { force: true });
  for (const file of built) {
    const place = join(folder, basename(file));
    copyFileSync(file, `${place}.new`);
    renameSync(`${place}.new`, place);
  }
  writeFileSync(stampPath, hash);
}
