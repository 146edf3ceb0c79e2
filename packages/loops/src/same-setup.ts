import { hashJson, TraceError, type TraceHeader } from "@metamem/core";

/** What of a header shapes play; only ids and times may differ. World, limits and seeds come from the header itself. */
const compared = ["code", "family", "taskHash", "scaffold", "protocol", "roles", "view"] as const;

/** Refuses to continue an episode with another setup than it was recorded with, naming the first difference. */
export function insistOnSameSetup(recorded: TraceHeader, now: TraceHeader): void {
  for (const field of compared) {
    if (hashJson(recorded[field]) === hashJson(now[field])) continue;
    const [where, was, is] = firstDifference(field, recorded[field], now[field]);
    throw new TraceError("other_setup", `cannot resume: ${where} was ${was} and is ${is}; play a new episode instead`, {
      data: { field: where, recorded: was, now: is },
    });
  }
}

function firstDifference(path: string, was: unknown, is: unknown): [string, string, string] {
  if (isObject(was) && isObject(is)) {
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (hashJson(was[key] ?? null) !== hashJson(is[key] ?? null))
        return firstDifference(`${path}.${key}`, was[key], is[key]);
    }
  }
  return [path, shown(was), shown(is)];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
