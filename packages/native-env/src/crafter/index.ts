/** @module Crafter as an environment family. */
import type { EnvironmentFamily } from "@metamem/core";
import { nativeBinding } from "../binding.ts";
import { canonicalise } from "./canonicalise.ts";
import { crafterEffect } from "./effect.ts";
import { CrafterEnvironment } from "./environment.ts";
import { featureSchema } from "./features.ts";
import { crafterInstruction } from "./instruction.ts";
import { crafterKeys } from "./keys.ts";
import { checkRecording } from "./parity.ts";
import { crafterPlayer } from "./player/index.ts";
import { crafterTasks } from "./tasks.ts";
import { crafterView } from "./view.ts";

export const crafterFamily: EnvironmentFamily = {
  name: "crafter",
  title: "Crafter",
  // The reference's version, then ours of its rendering in C++.
  version: "1.8.3/1",
  tasks: crafterTasks,
  open: (task) => new CrafterEnvironment(task),
  featureSchema,
  canonicalise: (text) => canonicalise(text),
  effect: crafterEffect,
  instruction: () => crafterInstruction,
  view: crafterView,
  keys: crafterKeys,
  player: crafterPlayer,
  parity: checkRecording,
  provenance: () => ({
    interfaceVersion: nativeBinding().interfaceVersion,
    regeneration: nativeBinding().crafter.tables().regeneration[0]?.name ?? null,
  }),
};
