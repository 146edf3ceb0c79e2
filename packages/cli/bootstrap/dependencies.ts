/** The packages in node_modules: are they those of the lock file, and if not, install them. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inCheckout, root } from "./checkout.ts";
import { SetupError, say } from "./console.ts";
import { runLogged } from "./run-logged.ts";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Written after a complete install; lies inside node_modules so that it goes when they go. */
const stamp = inCheckout("node_modules", ".metamem-stamp");

/** Folders of the workspace members, relative to the root ("" is the root itself). */
function members(): string[] {
  const packages = readdirSync(inCheckout("packages")).map((name) => join("packages", name));
  return ["", ...packages, "native"].filter((folder) => existsSync(inCheckout(folder, "package.json")));
}

function wantedStamp(): string {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const file of ["bun.lock", "bunfig.toml", ...members().map((folder) => join(folder, "package.json"))]) {
    hasher.update(`${file}\n`).update(readFileSync(inCheckout(file)));
  }
  return hasher.digest("hex");
}

/** Whether node_modules holds what the lock file says. Reads a dozen small files, nothing else. */
export function dependenciesCurrent(): boolean {
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wantedStamp()) return false;
  return members().every((folder) => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(inCheckout(folder, "package.json"), "utf8"),
    ) as Manifest;
    const some = Object.keys({ ...dependencies, ...devDependencies })[0];
    return some === undefined || existsSync(inCheckout(folder, "node_modules", some));
  });
}

/** Installs exactly what the lock file names. Throws SetupError when that is not possible. */
export async function installDependencies(): Promise<void> {
  say("installing dependencies as the lock file names them");
  const log = inCheckout(".bootstrap", "install.log");
  mkdirSync(dirname(log), { recursive: true });
  rmSync(log, { force: true });
  const started = performance.now();
  const { exitCode, tail } = await runLogged([process.execPath, "install", "--frozen-lockfile"], log);
  if (exitCode !== 0) {
    throw new SetupError(
      `installing dependencies failed; is the network reachable?\n${tail}\n` +
        `To see it again: cd '${root}' && bun install --frozen-lockfile`,
    );
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wantedStamp());
  say(`dependencies: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
