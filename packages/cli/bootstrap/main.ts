/**
 * The first thing every script of package.json runs. It makes sure that what the command needs is there, then becomes
 * the command. Nothing below this folder may import a package: on a fresh clone there are none.
 */

import { inCheckout, requiredBunVersion } from "./checkout.ts";
import { SetupError, say, setupExitCode } from "./console.ts";
import { dependenciesCurrent, installDependencies } from "./dependencies.ts";
import { doctor } from "./doctor.ts";
import { buildNative, nativeState } from "./native-build.ts";
import { withSetupLock } from "./setup-lock.ts";
import { ensureToolchain } from "./toolchain.ts";

/** What a command needs before it can run. */
type Needs = "packages" | "toolchain" | "native";

interface Command {
  readonly needs: Needs;
  /** What runs once the needs are met; undefined when meeting them was the point. */
  readonly program?: (args: readonly string[]) => readonly string[];
}

const bun = process.execPath;
const vitest = inCheckout("node_modules", "vitest", "vitest.mjs");
const biome = inCheckout("node_modules", "@biomejs", "biome", "bin", "biome");

const commands: Readonly<Record<string, Command>> = {
  metamem: { needs: "native", program: (args) => [bun, inCheckout("packages/cli/src/main.ts"), ...args] },
  test: { needs: "native", program: (args) => [bun, "--bun", vitest, "run", "--pool=threads", ...args] },
  check: { needs: "packages", program: (args) => [bun, inCheckout("test/checks/main.ts"), ...args] },
  format: { needs: "packages", program: (args) => [bun, biome, "check", "--write", ...args] },
  "build-native": { needs: "native" },
  sanitize: { needs: "toolchain", program: (args) => ["bash", inCheckout("native/sanitize.sh"), ...args] },
};

async function meet(needs: Needs): Promise<void> {
  const packagesMet = dependenciesCurrent();
  const nativeMet = needs !== "native" || nativeState() === "current";
  if (packagesMet && nativeMet && needs !== "toolchain") return;
  await withSetupLock(inCheckout(".bootstrap", "setup.lock"), async () => {
    // Another start may have done the work while this one waited, so every part is looked at again.
    if (!dependenciesCurrent()) await installDependencies();
    if (needs === "packages" || (needs === "native" && nativeState() === "current")) return;
    await ensureToolchain();
    if (needs === "native") await buildNative();
  });
}

/** Replaces this process by the program, so that signals, terminal and exit code are the program's own. */
function become(program: readonly string[]): void {
  const [file] = program;
  const path = file === undefined ? null : Bun.which(file);
  if (path === null) throw new SetupError(`${file} is not on PATH.`);
  // Hints and help name the command as it can be typed here.
  const env = { ...process.env, METAMEM_COMMAND: "bun run metamem" } as NodeJS.ProcessEnv;
  process.execve?.(path, [...program], env);
  throw new SetupError("this platform cannot replace a process; use Linux, macOS or WSL.");
}

async function main(args: readonly string[]): Promise<number> {
  const [name = "", ...rest] = args;
  const wanted = await requiredBunVersion();
  if (name === "doctor") return await doctor(rest);
  if (!Bun.semver.satisfies(Bun.version, `>=${wanted}`)) {
    throw new SetupError(
      `this is Bun ${Bun.version}, ${wanted} or newer is needed. Run: npx -y bun@${wanted} run ${name}`,
    );
  }
  const command = commands[name];
  if (command === undefined) {
    say(`unknown command '${name}'; known: doctor, ${Object.keys(commands).join(", ")}`);
    return 2;
  }
  await meet(command.needs);
  if (command.program !== undefined) become(command.program(rest));
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = setupExitCode;
}
