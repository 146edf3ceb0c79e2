import type { JsonObject, TaskSpec } from "@metamem/core";
import { actionSpecs, noop } from "./actions.ts";
import { optionsSchema } from "./options.ts";

/** The benchmark's one Crafter task (spec crafter §11.1). Its options are spelled out, so that a trace records them all. */
export const defaultTask: TaskSpec = {
  family: "crafter",
  id: "default",
  title: "Crafter: survive and earn the 22 achievements",
  actions: actionSpecs,
  defaultAction: noop,
  fallbackAction: noop,
  maxSteps: 2000,
  options: optionsSchema.parse({}) satisfies JsonObject,
};

export const crafterTasks: readonly TaskSpec[] = [defaultTask];
