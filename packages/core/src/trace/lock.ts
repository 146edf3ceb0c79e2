import { linkSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { SetupError, UsageError } from "../errors.ts";
import { discard } from "./episode-folder.ts";

const lockFile = "lock";

/** Who writes an episode. `started` tells a process from a later one with the same id (null where the system does not say). */
interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly started: string | null;
}

/**
 * Makes this process the only writer of the folder; returns the release. Throws `UsageError` when another one writes, or may be writing on another host. The lock of
 * a dead process is taken over.
 */
export function lockFolder(dir: string): () => void {
  const path = join(dir, lockFile);
  const me: Owner = { pid: process.pid, host: hostname(), started: processNow(process.pid).started };
  // Two rounds: the second follows a takeover.
  for (let round = 0; round < 2; round++) {
    if (createOnce(dir, path, JSON.stringify(me))) return () => discard(path);
    const text = readLock(path);
    const owner = parseOwner(text);
    if (owner !== null && mayLive(owner, me)) throw busy(dir, owner, me);
    takeAway(path, text);
  }
  throw new UsageError("episode_busy", `${dir} is being opened by another process; try again`);
}

/** Creates the file with its whole content, or fails because it exists: link is the one call that is atomic in both. */
function createOnce(dir: string, path: string, content: string): boolean {
  const temporary = join(dir, `lock.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, content);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError("unwritable", `cannot write to ${dir}: ${reason}`, { cause: error });
  } finally {
    discard(temporary);
  }
}

/** Removes a stale lock, unless it is no longer the one that was judged stale. */
function takeAway(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    if (readLock(aside) !== stale) linkSync(aside, path);
  } finally {
    discard(aside);
  }
}

function mayLive(owner: Owner, me: Owner): boolean {
  if (owner.host !== me.host) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  const { state, started } = processNow(owner.pid);
  if (state === "Z" || state === "X") return false;
  return started === null || owner.started === null || started === owner.started;
}

/**
 * What Linux says of a process: its state, and boot and ticks since boot at which it began. A killed process keeps its id, in state Z, until
 * its parent asks for it; in a container whose first process never does, for ever.
 */
function processNow(pid: number): { readonly state: string | null; readonly started: string | null } {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in parentheses, which may hold spaces; the state is field 3, the start time field 22.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? null, started: `${boot} ${fields[19]}` };
  } catch {
    return { state: null, started: null };
  }
}

function readLock(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const { pid, host, started } = value as Record<string, unknown>;
    if (typeof pid !== "number" || typeof host !== "string") return null;
    return { pid, host, started: typeof started === "string" ? started : null };
  } catch {
    return null;
  }
}

function busy(dir: string, owner: Owner, me: Owner): UsageError {
  const who = owner.host === me.host ? `process ${owner.pid}` : `process ${owner.pid} on ${owner.host}`;
  const help = owner.host === me.host ? "wait for it or stop it" : `if it is gone, remove ${join(dir, lockFile)}`;
  return new UsageError("episode_busy", `${dir} is being written by ${who}; ${help}`);
}
