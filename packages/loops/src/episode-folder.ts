import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { SetupError, UsageError } from "@metamem/core";

/** `runs/<date>-<env>-<seed>`, with -2, -3, ... when taken. */
export function defaultFolder(family: string, seed: number, now = new Date()): string {
  const base = `runs/${now.toISOString().slice(0, 10)}-${family}-${seed}`;
  for (let number = 1; ; number++) {
    const folder = number === 1 ? base : `${base}-${number}`;
    if (!existsSync(folder)) return folder;
  }
}

/** Refuses a folder that already holds something. Looks only. */
export function checkFree(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new UsageError("out", `--out ${folder} is a file: name a new folder`);
  if (readdirSync(folder).length === 0) return;
  const hint = existsSync(`${folder}/header.json`) ? `continue it with --resume ${folder}, or` : "";
  throw new UsageError("out", `--out ${folder} is not empty: ${hint} name another folder`.replace(":  ", ": "));
}

/**
 * Creates the folder with its parents and hands it to `fill`; when that throws, everything this call created is removed again, so that a
 * failed start leaves nothing behind.
 */
export function createFolder<T>(folder: string, fill: () => T): T {
  const existed = existsSync(folder);
  let created: string | undefined;
  try {
    created = mkdirSync(folder, { recursive: true });
    return fill();
  } catch (cause) {
    if (created !== undefined) rmSync(created, { recursive: true, force: true });
    else if (existed)
      for (const entry of readdirSync(folder)) rmSync(`${folder}/${entry}`, { recursive: true, force: true });
    throw new SetupError("out", `cannot write to the folder ${folder}: ${reason(cause)}`, { cause });
  }
}

function reason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").slice(0, 200);
}
