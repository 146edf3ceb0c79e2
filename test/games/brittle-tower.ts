import { existsSync, writeFileSync } from "node:fs";
import { type Environment, type EnvironmentFamily, guard, type TaskSpec } from "@metamem/core";
import { family as tower } from "./tower.ts";

/**
 * The tower as a game with native code that fails: seed 2 kills its process at step 7, always; seed 3 at step 4, but only while there is
 * no file where BRITTLE_MARKER says, which it makes; seed 4 never comes back from step 5.
 */
export const family: EnvironmentFamily = {
  ...tower,
  name: "brittle",
  tasks: tower.tasks.map((task) => ({ ...task, family: "brittle" })),
  async open(task) {
    return guard(await build(task));
  },
};

async function build(task: TaskSpec): Promise<Environment> {
  const inner = await tower.open({ ...task, family: "tower" });
  const marker = process.env.BRITTLE_MARKER ?? "brittle-marker";
  let [seed, step] = [0, 0];
  return {
    task,
    reset(world) {
      [seed, step] = [world.seed, 0];
      return inner.reset(world);
    },
    step(action) {
      if (seed === 2 && step === 7) process.abort();
      if (seed === 3 && step === 4 && !existsSync(marker)) {
        writeFileSync(marker, "");
        process.abort();
      }
      while (seed === 4 && step === 5) Bun.sleepSync(1000);
      step += 1;
      return inner.step(action);
    },
    progress: () => inner.progress(),
    frame: () => inner.frame(),
    close: () => inner.close(),
  };
}
