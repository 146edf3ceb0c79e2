/** @module NetHack as an environment family. */
import type { EnvironmentFamily } from "@metamem/core";
import { nativeBinding } from "../binding.ts";
import { canonicalise } from "./canonicalise.ts";
import { nethackEffect } from "./effect.ts";
import { NethackEnvironment } from "./environment.ts";
import { featureSchema } from "./features.ts";
import { nethackInstruction } from "./instruction.ts";
import { nethackKeys } from "./keys.ts";
import { checkRecording } from "./parity.ts";
import { nethackPlayer } from "./player/index.ts";
import { nethackTasks } from "./tasks.ts";
import { nethackView } from "./view.ts";

/** Listed whether or not the game was built here; opening it tells. */
export const nethackFamily: EnvironmentFamily = {
  name: "nethack",
  title: "NetHack",
  // The benchmark's package, then ours of what stands in for parts of it.
  version: "balrog-nle-0.9.0/1",
  tasks: nethackTasks,
  open: (task) => new NethackEnvironment(task),
  featureSchema,
  canonicalise: (text) => canonicalise(text),
  effect: nethackEffect,
  instruction: nethackInstruction,
  view: nethackView,
  keys: nethackKeys,
  player: nethackPlayer,
  textSubstitutions: { stepWords: true },
  parity: checkRecording,
  provenance: () => ({ interfaceVersion: nativeBinding().interfaceVersion }),
};
