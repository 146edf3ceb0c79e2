import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

const lines = 8;
const bytes = 16 * 1024;
const longestLine = 240;

/** The end of a log on one line, for an error message: without control characters and without `secret`. Empty when there is nothing. */
export function logTail(path: string, secret: string | null): string {
  if (!existsSync(path)) return "";
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, bytes));
    readSync(file, buffer, 0, buffer.length, Math.max(0, size - bytes));
    const text = secret === null ? buffer.toString() : buffer.toString().replaceAll(secret, "***");
    const plain = Bun.stripANSI(text);
    const last = plain.split(/[\r\n]+/).filter((line) => line.trim() !== "");
    return last
      .slice(-lines)
      .map((line) =>
        line
          .replace(/[\s\p{Cc}]+/gu, " ")
          .trim()
          .slice(0, longestLine),
      )
      .join(" | ");
  } finally {
    closeSync(file);
  }
}
