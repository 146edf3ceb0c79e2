import { shown } from "./text.ts";

/** Depth of a name, and characters of each of its parts. */
const maxDepth = 3;
const maxPart = 64;

/** Names that mean a device on some systems, whatever their extension, or break objects keyed by name: a memory must be portable. */
const reserved = /^(?:(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)|__proto__$)/;

/**
 * What is wrong with a file name, as one line for the model; null when it is a name. Names are refused, never rewritten (spec automem
 * I-14, I-15).
 */
export function nameProblem(name: string): string | null {
  const parts = name.split("/", maxDepth + 1);
  if (parts.length <= maxDepth && parts.every(isPart)) return null;
  const lower = name.toLowerCase();
  const hint = lower !== name && nameProblem(lower) === null ? `; ${lower} would be one` : "";
  return `${shown(name)} is no file name${hint}: use a-z 0-9 . _ - (at most ${maxPart} characters), with at most ${maxDepth - 1} folders before it`;
}

function isPart(part: string): boolean {
  return part.length <= maxPart && /^[a-z0-9_-](?:[a-z0-9._-]*[a-z0-9_-])?$/.test(part) && !reserved.test(part);
}

/** The folders a name lies in, outermost first: `a/b/c.txt` -> `a`, `a/b`. */
export function foldersOf(name: string): string[] {
  const parts = name.split("/").slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join("/"));
}
