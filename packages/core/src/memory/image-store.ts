import { StoreError } from "../errors.ts";
import { ByteStore } from "./byte-store.ts";
import { openTable } from "./file-store.ts";
import { FileTable } from "./file-table.ts";
import { type LimitOptions, memoryLimits } from "./limits.ts";
import { nameProblem } from "./names.ts";
import { RamBackend } from "./ram-backend.ts";
import type { MemoryImage, MemoryStore } from "./store.ts";

export interface ImageStoreOptions {
  readonly limits?: LimitOptions;
  /** Where to build the memory, an empty or missing directory; in RAM without one. */
  readonly directory?: string;
}

/**
 * A memory with exactly the content of an image: a keyframe of a trace, say, on which recorded deltas are then applied. Without a
 * `storeHash` in the image nothing is compared. Throws `StoreError` when a name is none, or the hash does not fit.
 */
export function memoryFromImage(
  image: Pick<MemoryImage, "files"> & Partial<MemoryImage>,
  { directory, limits }: ImageStoreOptions = {},
): MemoryStore {
  const table = directory === undefined ? new FileTable(new RamBackend(), new Map()) : openTable(directory);
  if (table.names().length > 0) {
    throw new StoreError("not_empty", `${directory} already holds a memory: give an empty directory`);
  }
  for (const [file, text] of Object.entries(image.files)) {
    const problem = nameProblem(file);
    if (problem !== null) throw new StoreError("image", `the memory image is damaged: ${problem}`);
    table.perform({ change: "create", file, text });
  }
  if (image.storeHash !== undefined && image.storeHash !== table.hash()) {
    throw new StoreError("image", "the memory image is damaged: its files do not have the recorded hash");
  }
  return new ByteStore(table, memoryLimits(limits));
}
