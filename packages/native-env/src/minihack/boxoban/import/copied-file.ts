import { UsageError } from "@metamem/core";
import { collectionOf } from "../folder.ts";

/** One file of a copy of the published levels. */
export interface CopiedFile {
  /** Relative to the published folder, e.g. `hard/002.txt`. */
  readonly name: string;
  readonly text: Uint8Array;
  /** How far reading has come: bytes read, of how many. */
  readonly done: number;
  readonly total: number;
}

/** A published file holds 1000 levels in 115 kB; nothing near this can be one. */
export const largestFile = 1 << 26;

/** The published name of an archive's entry, which usually lies in a folder named after the archive; null for all that holds no levels. */
export function publishedName(entry: string): string | null {
  const candidates = [entry, entry.slice(entry.indexOf("/") + 1)];
  return candidates.find((name) => collectionOf(name) !== null) ?? null;
}

export function tooLarge(name: string): UsageError {
  return new UsageError("data_source", `${name} is too large for a file of levels`);
}

export function brokenArchive(path: string, what: string): UsageError {
  return new UsageError("data_source", `${path} is a broken archive: ${what}`);
}
