/** Compiler, make and CMake: what is there, and getting what is not. */

import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { inCheckout } from "./checkout.ts";
import { SetupError, say } from "./console.ts";
import { installCommand, systemKind } from "./platform.ts";
import { runLogged } from "./run-logged.ts";

/** One tool the native build needs. */
export interface Tool {
  readonly name: "C compiler" | "C++ compiler" | "make" | "CMake";
  /** Where it was found; undefined when it is missing. */
  readonly path: string | undefined;
}

/** Looks for every needed tool, honouring CC and CXX. */
export function findTools(): Tool[] {
  return [
    { name: "C compiler", path: firstOf(process.env.CC, "cc", "gcc", "clang") },
    { name: "C++ compiler", path: firstOf(process.env.CXX, "c++", "g++", "clang++") },
    { name: "make", path: firstOf("make", "gmake", "ninja") },
    { name: "CMake", path: firstOf("cmake") },
  ];
}

function firstOf(...names: readonly (string | undefined)[]): string | undefined {
  // On macOS the compilers exist as stubs that only offer to install the real ones.
  if (process.platform === "darwin" && !names.includes("cmake") && !succeeds(["xcode-select", "-p"])) return undefined;
  for (const name of names) {
    const found = name === undefined || name === "" ? null : Bun.which(name);
    if (found !== null) return found;
  }
  return undefined;
}

function succeeds(command: readonly string[]): boolean {
  if (Bun.which(command[0] ?? "") === null) return false;
  return Bun.spawnSync([...command], { stdin: "ignore", stdout: "ignore", stderr: "ignore" }).exitCode === 0;
}

/** What a person has to do to get the missing tools. */
export function toolchainAdvice(): string {
  const command = installCommand(systemKind(), process.getuid?.() === 0);
  const otherwise =
    "Without the rights to install: see the Containerfile, or use a conda environment with cmake and cxx-compiler.";
  return command === undefined
    ? `Install a C++17 compiler, make and CMake 3.20 or newer with your system's package manager. ${otherwise}`
    : `Run: ${command}\n${otherwise}`;
}

/** Makes sure every tool is there. Installs on Debian and Ubuntu with the rights to; otherwise throws SetupError. */
export async function ensureToolchain(): Promise<void> {
  const missing = missingTools();
  if (missing === "") return;
  if (!(await installedWithApt(missing, ["build-essential", "cmake"], toolchainAdvice()))) {
    throw new SetupError(`the native build needs ${missing}, not found on PATH.\n${toolchainAdvice()}`);
  }
  const stillMissing = missingTools();
  if (stillMissing !== "")
    throw new SetupError(`apt-get installed packages, but ${stillMissing} is still not on PATH.`);
}

function missingTools(): string {
  return findTools()
    .filter((tool) => tool.path === undefined)
    .map((tool) => tool.name)
    .join(", ");
}

/** Whether set-up may install tools by itself: apt-get is the system's own and needs no password. */
export function canInstallTools(): boolean {
  return aptPrefix() !== undefined;
}

/** Installs with apt-get where set-up may; false where it may not. Throws SetupError when apt-get fails. */
export async function installedWithApt(
  missing: string,
  packages: readonly string[],
  advice: string,
  purpose = "the native build",
): Promise<boolean> {
  const prefix = aptPrefix();
  if (prefix === undefined) return false;
  say(`${purpose} needs ${missing}: installing ${packages.join(" ")} with apt-get`);
  const log = inCheckout(".bootstrap", "apt-get.log");
  mkdirSync(dirname(log), { recursive: true });
  rmSync(log, { force: true });
  const apt = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  const install = [...apt, "install", "-y", "--no-install-recommends", ...packages];
  for (const command of [[...apt, "update"], install]) {
    const { exitCode, tail } = await runLogged(command, log);
    if (exitCode !== 0) throw new SetupError(`'${command.join(" ")}' failed.\n${tail}\n${advice}`);
  }
  say(`${missing}: installed`);
  return true;
}

/** What to put before apt-get to run it with the needed rights; undefined where set-up must leave it to a person. */
function aptPrefix(): readonly string[] | undefined {
  if (systemKind() !== "debian" || Bun.which("apt-get") === null) return undefined;
  if (process.getuid?.() === 0) return [];
  return succeeds(["sudo", "-n", "true"]) ? ["sudo", "-n"] : undefined;
}
