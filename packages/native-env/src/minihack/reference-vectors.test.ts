/** The self-check vectors of spec minihack §7, as far as their levels are everybody's. */

import { sha256 } from "@metamem/core";
import { expect, test } from "vitest";
import { MinihackEnvironment } from "./environment.ts";
import { minihackTasks } from "./tasks.ts";

/** Task, seed, hash after the reset, steps, terminated, truncated, return, progression, hash of all. */
const vectors: readonly (readonly [string, number, string, number, boolean, boolean, number, number, string])[] = [
  ["MazeWalk-9x9", 0, "c64a8203cb04c30a", 84, true, false, 0.48, 1, "c2e6989e48ae28ac"],
  ["MazeWalk-9x9", 1, "4976465250080ed8", 100, false, true, -0.84, 0, "3dafabd932aba123"],
  ["MazeWalk-9x9", 42, "1599d2991762792f", 100, false, true, -0.7, 0, "8ff487818047a280"],
  ["MazeWalk-15x15", 0, "21175463cd73dee8", 100, false, true, -0.68, 0, "e1a16eb26c7c548f"],
  ["MazeWalk-15x15", 1, "3dad6f0c7445d4f4", 100, false, true, -0.71, 0, "7d3825b1e68ca0dc"],
  ["MazeWalk-15x15", 42, "c5ce2da29fd72b3c", 100, false, true, -0.72, 0, "38dc7a8993a7c1e5"],
  ["Corridor-R3", 0, "1d2ef258f188b811", 100, false, true, -0.49, 0, "dadf80ade964bb5f"],
  ["Corridor-R3", 1, "04a6541126a3c0f3", 100, false, true, -0.53, 0, "1ff7ad1c3b317a79"],
  ["Corridor-R3", 42, "a836cf051c2b9fac", 100, false, true, -0.5, 0, "5279b03375b274e1"],
  ["CorridorBattle-Dark", 0, "bca70a61a1cc14dc", 100, false, true, -0.58, 0, "b0727b2b774fc020"],
  ["CorridorBattle-Dark", 1, "f8f43570cfc57136", 100, false, true, -0.55, 0, "374c761ac5e57e9b"],
  ["CorridorBattle-Dark", 42, "2dccf27e44379000", 100, false, true, -0.65, 0, "6dd7f46240eb03aa"],
  ["Quest-Easy", 0, "8a974cdf0e2430bd", 54, true, false, -0.46, 0, "0d20c0cb93e6e534"],
  ["Quest-Easy", 1, "cdab8fc4fcb0d431", 100, false, true, -0.84, 0, "3d98c4b948236dc7"],
  ["Quest-Easy", 42, "c2fe6547fdbdf6e3", 63, true, false, -0.53, 0, "91226b6ae648b449"],
  ["Quest-Medium", 0, "fa9afc816df3bac8", 100, false, true, -0.82, 0, "09917490314a5482"],
  ["Quest-Medium", 1, "33970d9fbd0d4a31", 100, false, true, -0.72, 0, "9b977f0cab74222b"],
  ["Quest-Medium", 42, "ffdbe0bb4e8bc0a7", 100, false, true, -0.79, 0, "8a770542669cc531"],
];

/** Plays actions drawn by the vectors' own generator until the episode ends. */
function play(id: string, seed: number) {
  const task = minihackTasks.find((candidate) => candidate.id === id);
  if (task === undefined) throw new Error(`no task ${id}`);
  const environment = new MinihackEnvironment(task);
  const first = environment.reset({ seed });
  let heard = `${first.longTerm}\u001e${first.shortTerm}\u001f`;
  const start = digest(heard);
  let [x, steps, total, over] = [seed, 0, 0, [false, false]];
  while (!over.includes(true)) {
    x = (Math.imul(1_103_515_245, x) + 12_345) & 0x7fff_ffff;
    const action = task.actions[(x >> 16) % task.actions.length]?.name ?? "";
    const { observation, reward, terminated, truncated } = environment.step(action);
    heard += `${observation.longTerm}\u001e${observation.shortTerm}\u001f`;
    heard += `${reward.toFixed(4)},${Number(terminated)},${Number(truncated)}`;
    over = [terminated, truncated];
    total += reward;
    steps += 1;
  }
  const { progression } = environment.progress();
  environment.close();
  return [start, steps, ...over, Number(total.toFixed(6)), progression, digest(heard)];
}

function digest(text: string): string {
  return sha256(Buffer.from(text, "latin1")).slice(0, 16);
}

test.each(vectors)("%s, seed %i", (id, seed, ...expected) => {
  expect(play(id, seed)).toEqual(expected);
});
