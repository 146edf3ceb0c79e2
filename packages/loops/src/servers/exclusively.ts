import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

const retryMs = 200;

/**
 * Runs `work` while this process holds the lock at `path`; waits as long as another one does. It is SQLite's own file lock, which the
 * kernel drops when a process dies: nothing has to be cleaned up after one that was killed.
 * @param onWait called once when somebody else holds it.
 */
export async function exclusively<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path, { create: true });
  try {
    for (let waited = 0; !tryLock(database); waited += retryMs) {
      if (waited === 0) onWait();
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
