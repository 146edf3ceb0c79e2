/** @module The eight MiniHack tasks of the benchmark, and tasks on levels of one's own, as an environment family. */
import type { EnvironmentFamily } from "@metamem/core";
import { nativeBinding } from "../binding.ts";
import { nethackEffect } from "../nethack/effect.ts";
import { featureSchema } from "../nethack/features.ts";
import { nethackKeys } from "../nethack/keys.ts";
import { nethackView } from "../nethack/view.ts";
import { boxobanDataSet } from "./boxoban/index.ts";
import { canonicalise } from "./canonicalise.ts";
import { MinihackEnvironment } from "./environment.ts";
import { minihackInstruction } from "./instruction.ts";
import { checkRecording } from "./parity.ts";
import { minihackPlayer } from "./player/index.ts";
import { previewLevel } from "./preview.ts";
import { levelEnding, readTaskFile } from "./task-file.ts";
import { minihackTasks, ownLevelsInstead } from "./tasks.ts";

/** Listed whether or not the game was built here; opening it tells. */
export const minihackFamily: EnvironmentFamily = {
  name: "minihack",
  title: "MiniHack",
  // The benchmark's package, then ours of what stands in for parts of it.
  version: "balrog-minihack-0.1.6/1",
  tasks: minihackTasks,
  open: (task) => new MinihackEnvironment(task),
  featureSchema,
  canonicalise,
  effect: nethackEffect,
  instruction: minihackInstruction,
  view: nethackView,
  keys: nethackKeys,
  player: minihackPlayer,
  textSubstitutions: { stepWords: true },
  dataSets: [boxobanDataSet],
  standIn: ownLevelsInstead,
  taskFiles: { ending: levelEnding, read: readTaskFile },
  preview: previewLevel,
  parity: checkRecording,
  provenance: () => ({ interfaceVersion: nativeBinding().interfaceVersion }),
};
