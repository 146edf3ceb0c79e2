import { readdirSync, readFileSync } from "node:fs";

/** Memory of this process alone, in KiB (Linux). */
export function privateKilobytes(): number {
  const lines = readFileSync("/proc/self/smaps_rollup", "utf8").matchAll(/^Private_\w+: +(\d+) kB$/gm);
  return [...lines].reduce((total, [, kilobytes]) => total + Number(kilobytes), 0);
}

/** Open files of this process (Linux). */
export function openFiles(): number {
  return readdirSync("/proc/self/fd").length;
}
