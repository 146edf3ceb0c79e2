import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { SetupError, UsageError } from "@metamem/core";

/** Refuses a folder that already holds something. Looks only. */
export function checkFree(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new UsageError("out", `--out ${folder} is a file: name a new folder`);
  if (readdirSync(folder).length === 0) return;
  const advice = existsSync(join(folder, "header.json"))
    ? `continue the episode in it with --resume ${folder}, or name another folder`
    : "name another folder";
  throw new UsageError("out", `--out ${folder} is not empty: ${advice}`);
}

/** A folder to fill, and the topmost folder that was created for it; null when it was there before. */
export interface FreshFolder {
  readonly folder: string;
  readonly created: string | null;
}

/** Creates the folder with its parents. */
export function createFolder(folder: string): FreshFolder {
  return { folder, created: guarded(folder, () => mkdirSync(folder, { recursive: true })) ?? null };
}

/** Creates `runs/<date>-<env>-<seed>`, with -2, -3, ... when that is taken: also by a process that starts at the same moment. */
export function claimDefaultFolder(family: string, seed: number, now: Date): FreshFolder {
  const base = `runs/${now.toISOString().slice(0, 10)}-${family}-${seed}`;
  const parent = guarded(base, () => mkdirSync(dirname(base), { recursive: true }));
  for (let number = 1; ; number++) {
    const folder = number === 1 ? base : `${base}-${number}`;
    if (guarded(folder, () => madeNew(folder))) return { folder, created: parent ?? folder };
  }
}

/** Removes what was created for an episode that could not begin; what another process put there meanwhile is left alone. */
export function removeFresh({ created }: FreshFolder, error: unknown): void {
  // A UsageError says that somebody else writes here.
  if (created !== null && !(error instanceof UsageError)) rmSync(created, { recursive: true, force: true });
}

function madeNew(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (existsSync(folder)) return false;
    throw error;
  }
}

function guarded<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError("out", `cannot write to the folder ${folder}: ${reason}; name another one with --out`, {
      cause,
    });
  }
}
