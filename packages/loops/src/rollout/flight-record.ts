import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import type { Hash } from "@metamem/core";
import { z } from "zod";

const recordBytes = 1024;
const headBytes = 3;
const folder = "flight";

/** Names the record of a child process. */
export function flightName(shard: number): string {
  return `${shard}.shard`;
}

/** Where a process was inside an environment. `action` is null for a reset. */
export const flightSchema = z.strictObject({
  id: z.string(),
  step: z.int().nonnegative(),
  action: z.string().nullable(),
});
export type Flight = z.infer<typeof flightSchema>;

/**
 * Says, to whoever finds the file after a native crash, which step of which episode was being executed: the trace cannot, as an action reaches
 * its file with the next call. A shared mapping, so that writing costs no system call and outlives the process: byte 0 is 1 inside a
 * step, then come the length (two bytes, little endian) and JSON.
 */
export class FlightRecorder {
  private readonly bytes: Uint8Array;
  private readonly encoder = new TextEncoder();

  constructor(runFolder: string, name: string) {
    mkdirSync(join(runFolder, folder), { recursive: true });
    const path = join(runFolder, folder, name);
    const file = openSync(path, "w+");
    ftruncateSync(file, recordBytes);
    closeSync(file);
    this.bytes = Bun.mmap(path);
  }

  enter(id: Hash, step: number, action: string | null): void {
    const text = JSON.stringify({ id, step, action: action?.slice(0, 100) ?? null } satisfies Flight);
    const { written } = this.encoder.encodeInto(text, this.bytes.subarray(headBytes));
    this.bytes[1] = written & 255;
    this.bytes[2] = written >> 8;
    this.bytes[0] = 1;
  }

  leave(): void {
    this.bytes[0] = 0;
  }
}

/** What a dead process's record says; null when it died outside of any environment. */
export function readFlight(runFolder: string, name: string): Flight | null {
  const path = join(runFolder, folder, name);
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  if (bytes[0] !== 1) return null;
  const length = bytes.readUInt16LE(1);
  try {
    return flightSchema.parse(JSON.parse(bytes.toString("utf8", headBytes, headBytes + length)));
  } catch {
    // Killed while writing it.
    return null;
  }
}

/** The records in a run's folder. */
export function flightNames(runFolder: string): readonly string[] {
  const path = join(runFolder, folder);
  return existsSync(path) ? readdirSync(path) : [];
}

/** Gives a record another name; who still writes into it goes on. */
export function renameFlight(runFolder: string, from: string, to: string): void {
  renameSync(join(runFolder, folder, from), join(runFolder, folder, to));
}

/** Removes all records: their processes are gone and were accounted for. */
export function clearFlights(runFolder: string): void {
  rmSync(join(runFolder, folder), { recursive: true, force: true });
}
