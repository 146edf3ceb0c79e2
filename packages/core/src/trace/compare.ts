import type { Json } from "../json.ts";

/** The first place where two JSON values differ. `undefined`: absent there. */
export interface Difference {
  /** E.g. `added[1].parts[0].blob`. */
  readonly path: string;
  readonly recorded: Json | undefined;
  readonly replayed: Json | undefined;
}

/** Compares by structure; the order of object keys does not count. */
export function firstDifference(recorded: Json | undefined, replayed: Json | undefined, path = ""): Difference | null {
  if (recorded === replayed) return null;
  if (!isContainer(recorded) || !isContainer(replayed) || Array.isArray(recorded) !== Array.isArray(replayed)) {
    return { path, recorded, replayed };
  }
  const left = recorded as Record<string, Json>;
  const right = replayed as Record<string, Json>;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const inner = Array.isArray(recorded) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    const found = firstDifference(own(left, key), own(right, key), inner);
    if (found !== null) return found;
  }
  return null;
}

function isContainer(value: Json | undefined): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === "object" && value !== null;
}

/** Own properties only: a file may well be called `constructor`. */
function own(value: Record<string, Json>, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
