import { gunzipSync } from "node:zlib";
import { UsageError } from "@metamem/core";
import type { z } from "zod";

/**
 * Reads a file of recordings, gzipped or not: JSON lines, one episode each. `bigNumbers` names members that may hold integers longer than a double is
 * exact; those arrive as strings. Throws `UsageError` naming the file, the line and what is wrong with it.
 */
export async function readRecordingLines<T>(
  path: string,
  schema: z.ZodType<T>,
  bigNumbers: readonly string[],
): Promise<T[]> {
  const lines = (await readText(path)).split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw badRecording(path, "it is empty");
  const longNumber = new RegExp(`"(${bigNumbers.join("|")})"\\s*:\\s*(-?\\d{16,})(?=\\s*[,}])`, "g");
  return lines.map((line, index) => {
    const value = parseJson(path, index + 1, line.replace(longNumber, '"$1": "$2"'));
    return validRecording(path, index + 1, schema, value);
  });
}

/** The value of line `line` (1 is the first) as `schema` wants it. Throws `UsageError` naming file, line, member and what is wrong with it. */
export function validRecording<T>(path: string, line: number, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "the episode" : issue.path.join(".");
  throw badRecording(path, `line ${line}, ${where}: ${issue?.message ?? "not valid"}`);
}

export function badRecording(path: string, problem: string, cause?: unknown): UsageError {
  return new UsageError("bad_recording", `cannot check ${path}: ${problem}`, { cause });
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await Bun.file(path).bytes();
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return Buffer.from(isGzip ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (cause) {
    throw badRecording(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function parseJson(path: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRecording(path, `line ${line} is not JSON`, cause);
  }
}
