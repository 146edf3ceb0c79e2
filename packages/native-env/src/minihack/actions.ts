import type { ActionSpec } from "@metamem/core";
import { actionNamed } from "./options.ts";

const straight = ["north", "east", "south", "west"] as const;
const compass = [...straight, "northeast", "southeast", "southwest", "northwest"] as const;

/** What the benchmark's agents may do, by the kind of task (spec minihack §4.7). */
export const actionLists = {
  straight,
  compass,
  doors: [...compass, "open", "kick", "search"],
  everything: [
    ...compass,
    ...compass.map((direction) => `far ${direction}`),
    ..."down wait more apply close eat force kick loot open pickup pray puton quaff search zap".split(" "),
  ],
} as const;

/** What the benchmark does for anything else that an agent says; a task of one's own may lack it. */
const benchmarkDefault = "north";

export function defaultAction(names: readonly string[]): string {
  return names.includes(benchmarkDefault) ? benchmarkDefault : (names[0] ?? benchmarkDefault);
}

/** What an agent does that cannot decide: something harmless where there is such a thing. */
export function fallbackAction(names: readonly string[]): string {
  return names.includes("search") ? "search" : defaultAction(names);
}

/** The action list of a task. Throws `UsageError` for names that are none. */
export function actionSpecs(names: readonly string[]): ActionSpec[] {
  return names
    .map(actionNamed)
    .map(({ name, description, direction }) =>
      direction === undefined ? { name, description } : { name, description, direction },
    );
}
