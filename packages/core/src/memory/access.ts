import type { FileState } from "./file-state.ts";
import type { FileTable } from "./file-table.ts";
import { foldersOf, nameProblem } from "./names.ts";
import { nearest } from "./nearest.ts";
import type { MemoryLimits, Refusal, StoreFault } from "./store.ts";

/** Which file or files an op may touch. Everything untrusted about a name ends here. */

/** A file that exists and may be read. */
export interface OpenFile {
  readonly ok: true;
  readonly name: string;
  readonly state: FileState;
  readonly view: Uint8Array;
}

export function refusal(fault: StoreFault, message: string): Refusal {
  return { ok: false, fault, message };
}

export function openFile(table: FileTable, name: string): OpenFile | Refusal {
  const problem = nameProblem(name);
  if (problem !== null) return refusal("bad_name", problem);
  const state = table.get(name);
  if (state === undefined) return notFound(table, name);
  const obstacle = table.obstacle(name);
  if (obstacle !== null) return refusal("bad_name", obstacle);
  return { ok: true, name, state, view: table.view(name) };
}

/** The names a target stands for: one file, all files below a folder, or all files. */
export function resolveTarget(table: FileTable, target: string): readonly string[] | Refusal {
  if (target === "*") return table.names();
  const folder = target.endsWith("/") ? target : `${target}/`;
  if (folder !== target && table.get(target) !== undefined) return [target];
  const inside = table.names().filter((name) => name.startsWith(folder));
  if (inside.length > 0) return inside;
  const path = folder.slice(0, -1);
  const problem = nameProblem(path);
  return problem === null ? notFound(table, path) : refusal("bad_name", problem);
}

/** Why the file of this name may not be written; null when it may be changed or made. */
export function writeProblem(table: FileTable, limits: MemoryLimits, name: string): Refusal | null {
  const problem = nameProblem(name) ?? clash(table, name) ?? table.obstacle(name);
  if (problem !== null) return refusal("bad_name", problem);
  if (table.get(name) === undefined && table.names().length >= limits.files) {
    return refusal(
      "over_limit",
      `there are ${limits.files} files, the most allowed: use an existing one or DELETE one`,
    );
  }
  return null;
}

/** Why a file may not get this size; null when it may. Shrinking is always allowed. */
export function sizeProblem(table: FileTable, limits: MemoryLimits, name: string, bytes: number): Refusal | null {
  const now = table.get(name)?.bytes ?? 0;
  if (bytes <= now) return null;
  if (bytes > limits.fileBytes) {
    return refusal(
      "over_limit",
      `${name} would have ${bytes} bytes, at most ${limits.fileBytes} are allowed: shorten it`,
    );
  }
  const total = table.totalBytes - now + bytes;
  if (total <= limits.totalBytes) return null;
  return refusal(
    "over_limit",
    `all files would have ${total} bytes, at most ${limits.totalBytes} are allowed: shorten some`,
  );
}

function notFound(table: FileTable, name: string): Refusal {
  const near = nearest(name, table.names());
  return refusal(
    "not_found",
    `there is no file ${name}${near === null ? "; LIST shows what there is" : `; nearest is ${near}`}`,
  );
}

function clash(table: FileTable, name: string): string | null {
  const file = foldersOf(name).find((folder) => table.get(folder) !== undefined);
  if (file !== undefined) return `${file} is a file, not a folder`;
  return table.names().some((other) => other.startsWith(`${name}/`)) ? `${name} is a folder, not a file` : null;
}
