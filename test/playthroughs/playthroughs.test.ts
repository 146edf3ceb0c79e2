import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createRng } from "@metamem/core";
import { crafterFamily } from "@metamem/native-env";
import { expect, test } from "vitest";
import { family as tower } from "../games/tower.ts";
import { transcript } from "./transcript.ts";

/** Transcripts are regenerated and compared; `bun run test playthroughs -u` rewrites them, and the diff is for reading. */

test("crafter, default task, the first steps of a recorded episode", async () => {
  const task = crafterFamily.tasks[0];
  if (task === undefined) throw new Error("the family has no task");
  const { seed, names } = recordedActions("dev-02", 80);
  const text = await transcript(crafterFamily, task, seed, names);
  await expect(text).toMatchFileSnapshot("./crafter-default.txt");
});

test("the test game, a random walk", async () => {
  const task = tower.tasks[0];
  if (task === undefined) throw new Error("the family has no task");
  const rng = createRng(3);
  const actions = Array.from({ length: 60 }, () => rng.pick(task.actions).name);
  await expect(await transcript(tower, task, 1, actions)).toMatchFileSnapshot("./tower-climb.txt");
});

/** Seed and actions of a golden recording in the wrapper's call pattern; its action 0 is the wrapper's own first step. */
function recordedActions(id: string, count: number): { seed: number; names: string[] } {
  const file = join(import.meta.dirname, "../goldens/crafter-dev.jsonl.gz");
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  const recording = lines.map((line) => JSON.parse(line)).find((episode) => episode.id === id);
  const actions = crafterFamily.tasks[0]?.actions ?? [];
  const names = recording.actions.slice(1, count + 1).map((index: number) => actions[index]?.name ?? "");
  return { seed: recording.seed, names };
}
