import { isUtf8 } from "node:buffer";
import { lstatSync, mkdirSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "../errors.ts";
import { ByteStore } from "./byte-store.ts";
import { DiskBackend } from "./disk-backend.ts";
import { FileState } from "./file-state.ts";
import { FileTable } from "./file-table.ts";
import { type LimitOptions, memoryLimits } from "./limits.ts";
import { nameProblem } from "./names.ts";
import { StagedBackend } from "./staged-backend.ts";
import type { MemoryStore } from "./store.ts";

export interface FileStoreOptions {
  readonly limits?: LimitOptions;
  /** As long as this says true, what an empty directory is to hold stays in RAM; it reaches the disk with the first use after that, or when the store is closed. */
  readonly staging?: () => boolean;
}

/**
 * Opens the memory in a directory, making the directory if need be. What a killed process was writing is finished or taken back; hidden files
 * and links are not part of the memory and never followed. Throws `StoreError` when the directory cannot be used, or holds a file that is no memory file.
 */
export function openMemoryStore(directory: string, options: FileStoreOptions = {}): MemoryStore {
  return new ByteStore(openTable(directory, options.staging), memoryLimits(options.limits));
}

/** The files of a directory with their states; hashes are computed from what is there. */
export function openTable(directory: string, staging?: () => boolean): FileTable {
  const backend = new DiskBackend(directory);
  const found = readingDisk(directory, () => {
    mkdirSync(directory, { recursive: true });
    backend.recover();
    return scan(directory, "");
  });
  const states = new Map<string, FileState>();
  for (const { name, bytes } of found) {
    const problem = nameProblem(name);
    if (problem !== null) throw new StoreError("foreign", `${directory} is no memory directory: ${problem}`);
    const content = backend.view(name, bytes);
    if (!isUtf8(content)) throw new StoreError("foreign", `${name} in ${directory} is not UTF-8 text: remove it`);
    states.set(name, new FileState(content));
  }
  const staged = staging !== undefined && states.size === 0;
  return new FileTable(staged ? new StagedBackend(backend, staging) : backend, states);
}

/** Plain files below `folder`; folders that hold nothing are removed on the way. */
function scan(directory: string, folder: string): { name: string; bytes: number }[] {
  return readdirSync(join(directory, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const path = join(directory, name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isFile()) return [{ name, bytes: lstatSync(path).size }];
    if (!entry.isDirectory()) return [];
    const inside = scan(directory, name);
    if (inside.length === 0 && readdirSync(path).length === 0) rmdirSync(path);
    return inside;
  });
}

function readingDisk<T>(directory: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError("disk", `cannot open the memory directory ${directory}: ${reason}`, { cause });
  }
}
