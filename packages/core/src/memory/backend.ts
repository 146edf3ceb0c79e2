/**
 * Where the bytes of memory files live: on disk or in RAM. A backend holds bytes under valid names and knows nothing of lines, limits or
 * hashes; the store tells it sizes, so that the index in the store is the truth and a torn append is overwritten by the next one.
 */
export interface FileBackend {
  /**
   * What stands where the plain file `name` is (`exists`) or is to be made: a link, a folder, a foreign file. Null when nothing is in the
   * way. No link is ever followed.
   */
  obstacle(name: string, exists: boolean): string | null;
  /** The first `bytes` bytes of a file, valid until its next change. Not to be written to. */
  view(name: string, bytes: number): Uint8Array;
  /** Writes `data` at offset `at`, the end of the file. */
  append(name: string, at: number, data: Uint8Array): void;
  /** Makes the file, or replaces its whole content at once: opened again after a kill it is either the old or the new one. */
  replace(name: string, data: Uint8Array): void;
  remove(name: string): void;
  close(): void;
}
