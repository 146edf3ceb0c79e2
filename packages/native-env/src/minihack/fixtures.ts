/** For tests: small tasks made for one question each, and how to play them. */

import type { Environment, JsonObject, StepResult, TaskSpec } from "@metamem/core";
import type { NethackFeatures } from "../nethack/features.ts";
import { nethackView } from "../nethack/view.ts";
import { DesBuilder } from "./des-builder.ts";
import { MinihackEnvironment } from "./environment.ts";
import { previewLevel } from "./preview.ts";
import { makeTask, minihackTasks } from "./tasks.ts";

export type Features = NethackFeatures;

const open: Environment[] = [];

export function closeAll(): void {
  for (const environment of open.splice(0)) environment.close();
}

export function task(id: string, options: JsonObject = {}): TaskSpec {
  const found = minihackTasks.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no task ${id}`);
  return { ...found, options: { ...found.options, ...options } };
}

/** A task on a level of one's own. */
export function own(text: string, actions: readonly string[], options: JsonObject = {}): TaskSpec {
  return makeTask({ id: "own", title: "own", actions, options: { level: { from: "des", text }, ...options } });
}

export function begin(spec: TaskSpec, seed: number): MinihackEnvironment {
  const environment = new MinihackEnvironment(spec);
  open.push(environment);
  environment.reset({ seed });
  return environment;
}

/** What the last of the actions came to, with the rewards of all. */
export function play(
  environment: MinihackEnvironment,
  ...actions: readonly string[]
): StepResult & { readonly rewards: readonly number[]; readonly features: Features } {
  const results = actions.map((action) => environment.step(action));
  const last = results.at(-1);
  if (last === undefined) throw new Error("nothing was played");
  return { ...last, rewards: results.map(({ reward }) => reward), features: last.observation.features as Features };
}

/** The level as text, one string per row. */
export function rows(spec: TaskSpec, seed: number): string[] {
  const { cells, width, height } = previewLevel(spec, { seed });
  const glyphs = Array.from(cells, (cell) => nethackView.styles[cell]?.glyph ?? "?");
  return Array.from({ length: height }, (_, row) => glyphs.slice(row * width, (row + 1) * width).join(""));
}

/** Five cells in a row, the hero on the first, the stairs down on the last. */
export function hall(change: (level: DesBuilder) => DesBuilder = (level) => level): string {
  const level = new DesBuilder({ map: ["-------", "|.....|", "-------"] }).start([1, 1]).stairsDown([5, 1]);
  return change(level).text();
}
