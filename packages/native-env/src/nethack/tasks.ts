import type { JsonObject, TaskSpec } from "@metamem/core";
import { actionSpecs, defaultAction, fallbackAction } from "./actions.ts";
import { optionsSchema } from "./options.ts";

/** The benchmark's one NetHack task. Its options are spelled out, so that a trace records them all. */
export const challengeTask: TaskSpec = {
  family: "nethack",
  id: "challenge",
  title: "NetHack: go down as deep as you can",
  actions: actionSpecs,
  defaultAction,
  fallbackAction,
  maxSteps: 100_000,
  options: optionsSchema.parse({}) satisfies JsonObject,
};

export const nethackTasks: readonly TaskSpec[] = [challengeTask];
