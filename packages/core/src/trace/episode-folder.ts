import { existsSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SetupError, TraceError } from "../errors.ts";
import { hashJson } from "../hash.ts";
import type { JsonObject } from "../json.ts";
import { headerSchema, type TraceHeader, traceSchemaVersion } from "./events.ts";

const headerFile = "header.json";
const resultFile = "result.json";

/** Makes the folder. Throws `SetupError` when that is not allowed. */
export function makeFolder(dir: string): void {
  guard(dir, () => mkdirSync(dir, { recursive: true }));
}

/** Whether an episode was begun here: the header is the first thing written. */
export function holdsEpisode(dir: string): boolean {
  return existsSync(join(dir, headerFile));
}

export function writeHeader(dir: string, header: TraceHeader): void {
  writeJson(dir, headerFile, { ...header, hash: hashJson(header) });
}

/** Throws `TraceError` when there is no header, when another version wrote it, or when it was changed since. */
export function readHeader(dir: string): TraceHeader {
  const path = join(dir, headerFile);
  const value = readJson(path);
  if (value === null) {
    throw new TraceError("no_header", `${path} does not exist: nothing was recorded there; start a new episode`);
  }
  const { hash, ...header } = value;
  if (header.schema !== traceSchemaVersion) {
    const found = JSON.stringify(header.schema) ?? "none";
    throw new TraceError(
      "version",
      `${path}: trace schema ${found.slice(0, 60)} is not "${traceSchemaVersion}"; read it with the metamem that wrote it`,
    );
  }
  if (hashJson(header) !== hash) {
    throw new TraceError("header_hash", `${path} was changed after it was written; restore it, or start a new episode`);
  }
  const parsed = headerSchema.safeParse(header);
  if (!parsed.success)
    throw new TraceError("header", `${path}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
  return header as unknown as TraceHeader;
}

/** Writes the summary of an episode, whole or not at all. What stands in it is the caller's; it must be JSON. */
export function writeResult(dir: string, result: object): void {
  writeJson(dir, resultFile, result);
}

/** The summary, null while there is none. */
export function readResult(dir: string): JsonObject | null {
  return readJson(join(dir, resultFile));
}

/** Replaces a file whole: readers see the old content or the new one. */
export function replaceFile(dir: string, name: string, content: string | Uint8Array): void {
  const temporary = join(dir, `${name}.tmp`);
  guard(dir, () => {
    try {
      writeFileSync(temporary, content);
      renameSync(temporary, join(dir, name));
    } catch (error) {
      discard(temporary);
      throw error;
    }
  });
}

/** Removes a file that nobody will miss if it is not there, or will not mind if it stays. */
export function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Not there, or not ours to remove.
  }
}

function writeJson(dir: string, name: string, value: object): void {
  replaceFile(dir, name, `${JSON.stringify(value, null, 2)}\n`);
}

function readJson(path: string): JsonObject | null {
  if (!existsSync(path)) return null;
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Falls through: unreadable and not JSON are one fault to the reader.
  }
  throw new TraceError("json", `${path} is not a readable JSON object; the episode folder is damaged`);
}

function guard(dir: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError("unwritable", `cannot write to ${dir}: ${reason}; choose another folder with --out`, {
      cause: error,
    });
  }
}
