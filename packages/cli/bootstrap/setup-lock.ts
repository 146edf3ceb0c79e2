/** Keeps two first starts from setting up the same checkout at once. */

import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { say } from "./console.ts";

const retryMs = 200;

/**
 * Runs `work` while holding the lock at `path`; waits as long as another process holds it. The lock is SQLite's own file
 * lock, which the kernel drops when a process dies, so that a killed set-up leaves nothing to clean up.
 */
export async function withSetupLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path, { create: true });
  try {
    for (let waited = 0; !tryLock(database); waited += retryMs) {
      if (waited === 0) say("another start is setting up this checkout, waiting for it");
      await Bun.sleep(retryMs);
    }
    return await work();
  } finally {
    database.close();
  }
}

function tryLock(database: Database): boolean {
  try {
    database.run("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY")) return false;
    throw error;
  }
}
