import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { StoreError } from "../errors.ts";
import type { FileBackend } from "./backend.ts";
import { foldersOf, nameProblem } from "./names.ts";

/** Files from this size on are mapped instead of read: a look at one of them costs only the pages it touches. */
const mapFrom = 256 * 1024;

/** Starts of hidden names, which are never memory files: half-written content, and content that only has to take its place. */
const halfPrefix = ".half-";
const wholePrefix = ".whole-";

const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW;
const writeFlags = constants.O_WRONLY | constants.O_NOFOLLOW;
const createFlags = writeFlags | constants.O_CREAT | constants.O_EXCL;

/**
 * Files in a directory. Nothing is ever truncated or overwritten in place: a mapped file that shrinks kills the process (Bun 1.4.5), and a
 * kill must not leave half a file. Nothing is synced: a trace rebuilds a memory lost with the machine.
 */
export class DiskBackend implements FileBackend {
  private readonly directory: string;
  private readonly mappings = new Map<string, Uint8Array>();

  constructor(directory: string) {
    this.directory = directory;
  }

  obstacle(name: string, exists: boolean): string | null {
    return this.attempt("look at", name, () => {
      for (const folder of foldersOf(name)) {
        const stat = lstatSync(this.path(folder), { throwIfNoEntry: false });
        if (stat !== undefined && !stat.isDirectory()) return `${folder} is not a folder`;
      }
      const stat = lstatSync(this.path(name), { throwIfNoEntry: false });
      if (stat === undefined || (exists && stat.isFile())) return null;
      return stat.isFile() ? `${name} is a foreign file` : `${name} is not a plain file`;
    });
  }

  view(name: string, bytes: number): Uint8Array {
    if (bytes === 0) return new Uint8Array(0);
    return this.attempt("read", name, () => (bytes < mapFrom ? this.read(name, bytes) : this.map(name, bytes)));
  }

  append(name: string, at: number, data: Uint8Array): void {
    this.attempt("append to", name, () => this.put(this.path(name), writeFlags, data, at));
  }

  /**
   * The old file is removed before the new one takes its place, since ext4 writes out a file that is renamed over another one (1 ms instead
   * of 0.1). A kill in between leaves the whole new content beside it, which `recover` puts in place.
   */
  replace(name: string, data: Uint8Array): void {
    this.mappings.delete(name);
    const hidden = name.replaceAll("/", ",");
    const [half, whole] = [this.path(halfPrefix + hidden), this.path(wholePrefix + hidden)];
    this.attempt("write", name, () => {
      const folder = foldersOf(name).at(-1);
      if (folder !== undefined) mkdirSync(this.path(folder), { recursive: true });
      this.put(half, createFlags, data, 0);
      renameSync(half, whole);
      rmSync(this.path(name), { force: true });
      renameSync(whole, this.path(name));
    });
  }

  remove(name: string): void {
    this.mappings.delete(name);
    this.attempt("delete", name, () => {
      unlinkSync(this.path(name));
      for (const folder of foldersOf(name).reverse()) if (!this.removeIfEmpty(folder)) break;
    });
  }

  /** Finishes or takes back what a killed process was writing. Hidden files of other origin are left alone. */
  recover(): void {
    for (const entry of readdirSync(this.directory, { withFileTypes: true })) {
      const whole = entry.name.startsWith(wholePrefix);
      if (!entry.isFile() || !(whole || entry.name.startsWith(halfPrefix))) continue;
      const name = entry.name.slice(wholePrefix.length).replaceAll(",", "/");
      const ours = whole && nameProblem(name) === null && this.obstacle(name, true) === null;
      if (ours) renameSync(this.path(entry.name), this.path(name));
      else unlinkSync(this.path(entry.name));
    }
  }

  close(): void {
    this.mappings.clear();
  }

  private path(name: string): string {
    return join(this.directory, name);
  }

  private read(name: string, bytes: number): Uint8Array {
    const data = new Uint8Array(bytes);
    const file = openSync(this.path(name), readFlags);
    try {
      for (let at = 0; at < bytes; ) {
        const got = readSync(file, data, at, bytes - at, at);
        if (got === 0) throw new Error(`it has ${at} bytes instead of ${bytes}`);
        at += got;
      }
    } finally {
      closeSync(file);
    }
    return data;
  }

  private map(name: string, bytes: number): Uint8Array {
    let mapping = this.mappings.get(name);
    if (mapping === undefined || mapping.length < bytes) {
      mapping = Bun.mmap(this.path(name));
      if (mapping.length < bytes) throw new Error(`it has ${mapping.length} bytes instead of ${bytes}`);
      this.mappings.set(name, mapping);
    }
    return mapping.subarray(0, bytes);
  }

  private put(path: string, flags: number, data: Uint8Array, at: number): void {
    const file = openSync(path, flags, 0o644);
    try {
      for (let done = 0; done < data.length; ) {
        done += writeSync(file, data, done, data.length - done, at + done);
      }
    } finally {
      closeSync(file);
    }
  }

  private removeIfEmpty(folder: string): boolean {
    try {
      rmdirSync(this.path(folder));
      return true;
    } catch {
      return false;
    }
  }

  private attempt<T>(verb: string, name: string, action: () => T): T {
    try {
      return action();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StoreError("disk", `cannot ${verb} the memory file ${name} in ${this.directory}: ${reason}`, { cause });
    }
  }
}
