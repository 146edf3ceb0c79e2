import { type Environment, type EnvironmentFamily, guard, type TaskSpec } from "@metamem/core";
import { family as tower } from "./tower.ts";

/** The tower as a game in another process: every answer is a promise. Seed 2 never answers step 3; seed 3 takes 100 ms a step. */
export const family: EnvironmentFamily = {
  ...tower,
  name: "late",
  tasks: tower.tasks.map((task) => ({ ...task, family: "late" })),
  async open(task) {
    return guard(await build(task));
  },
};

async function build(task: TaskSpec): Promise<Environment> {
  const inner = await tower.open({ ...task, family: "tower" });
  let [seed, step] = [0, 0];
  return {
    task,
    async reset(world) {
      [seed, step] = [world.seed, 0];
      return await inner.reset(world);
    },
    async step(action) {
      step += 1;
      if (seed === 2 && step === 4) await new Promise(() => {});
      if (seed === 3) await Bun.sleep(100);
      return await inner.step(action);
    },
    progress: () => inner.progress(),
    frame: () => inner.frame(),
    close: () => inner.close(),
  };
}
