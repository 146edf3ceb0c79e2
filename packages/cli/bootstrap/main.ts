/**
 * The first thing every script of package.json runs. It makes sure that what the command needs is there, then becomes
 * the command. Nothing below this folder may import a package: on a fresh clone there are none.
 */

import { inCheckout, requiredBunVersion } from "./checkout.ts";
import { SetupError, say, sayFailure, setupExitCode } from "./console.ts";
import { dependenciesCurrent, installDependencies } from "./dependencies.ts";
import { doctor } from "./doctor.ts";
import { buildNative, nativeState } from "./native-build.ts";
import { buildNethack, concernsNethack, nethackState, readyNethackSource } from "./nethack-build.ts";
import { ensureRedis } from "./redis-tool.ts";
import { withSetupLock } from "./setup-lock.ts";
import { ensureSidecarTools } from "./sidecar-tools.ts";
import { ensureToolchain } from "./toolchain.ts";

/** What a command needs before it can run. */
type Needs = "packages" | "toolchain" | "native" | "nethack";

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
  // What needs a real model server; the tests themselves set up its environment.
  "test-servers": {
    needs: "native",
    program: (args) => [bun, "--bun", vitest, "run", "--pool=threads", "--config", "vitest.servers.config.ts", ...args],
  },
  check: { needs: "packages", program: (args) => [bun, inCheckout("test/checks/main.ts"), ...args] },
  format: { needs: "packages", program: (args) => [bun, biome, "check", "--write", ...args] },
  "build-native": { needs: "native" },
  "build-nethack": { needs: "nethack" },
  soak: { needs: "native", program: (args) => [bun, inCheckout("test/soak/queue.ts"), ...args] },
  "soak-nethack": { needs: "nethack", program: (args) => [bun, inCheckout("test/soak/nethack.ts"), ...args] },
  sanitize: { needs: "toolchain", program: (args) => ["bash", inCheckout("native/sanitize.sh"), ...args] },
  "fuzz-levels": { needs: "nethack", program: (args) => ["bash", inCheckout("native/fuzz-levels.sh"), ...args] },
};

async function meet(needs: Needs): Promise<void> {
  if (dependenciesCurrent() && needs !== "toolchain" && isBuilt(needs)) return;
  await withSetupLock(inCheckout(".bootstrap", "setup.lock"), async () => {
    // Another start may have done the work while this one waited, so every part is looked at again.
    if (!dependenciesCurrent()) await installDependencies();
    if (needs !== "toolchain" && isBuilt(needs)) return;
    await ensureToolchain();
    if (needs === "toolchain") return;
    // What is missing is told before anything is built.
    if (needs === "nethack" && nethackState() !== "current") await readyNethackSource();
    if (nativeState() !== "current") await buildNative();
    if (needs === "nethack" && nethackState() !== "current") await buildNethack();
  });
}

function isBuilt(needs: "packages" | "native" | "nethack"): boolean {
  if (needs === "packages") return true;
  return nativeState() === "current" && (needs === "native" || nethackState() === "current");
}

/** Tests of queues need a Redis. `METAMEM_WITHOUT_REDIS` leaves them out, as below. */
async function meetRedis(): Promise<void> {
  if (process.env.METAMEM_WITHOUT_REDIS !== undefined && process.env.CI === undefined) {
    say("testing without Redis, as METAMEM_WITHOUT_REDIS says");
    return;
  }
  try {
    await withSetupLock(inCheckout(".bootstrap", "setup.lock"), ensureRedis);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(`${error.message}\nTo test everything but queues: METAMEM_WITHOUT_REDIS=1 bun run test`);
  }
}

/** Tests need NetHack too. A machine that cannot build it leaves its tests out by `METAMEM_WITHOUT_NETHACK` (vitest.config.ts), but only when asked to. */
async function meetForTests(): Promise<void> {
  await meet("native");
  await meetRedis();
  if (process.env.METAMEM_WITHOUT_NETHACK !== undefined && process.env.CI === undefined) {
    say("testing without NetHack, as METAMEM_WITHOUT_NETHACK says");
    return;
  }
  try {
    await meet("nethack");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(`${error.message}\nTo test everything but NetHack: METAMEM_WITHOUT_NETHACK=1 bun run test`);
  }
}

/** The sanitizer build has NetHack in it where its sources can be had. */
async function meetForSanitizers(): Promise<void> {
  await meet("toolchain");
  try {
    process.env.METAMEM_NETHACK_SOURCE_DIR = await readyNethackSource();
  } catch (error) {
    if (!(error instanceof SetupError) || process.env.CI !== undefined) throw error;
    say(`without NetHack: ${error.message}`);
  }
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
  if (name === "test-servers") await ensureSidecarTools();
  if (name === "soak") await meetRedis();
  if (name === "test") await meetForTests();
  else if (name === "sanitize") await meetForSanitizers();
  else await meet(command.needs === "native" && concernsNethack(rest) ? "nethack" : command.needs);
  if (command.program !== undefined) become(command.program(rest));
  return 0;
}

const given = process.argv.slice(2);
try {
  process.exitCode = await main(given);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  sayFailure(error, given[0] === "metamem" && given.includes("--json"));
  process.exitCode = setupExitCode;
}
