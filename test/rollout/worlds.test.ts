import { readFileSync } from "node:fs";
import { loadBundle, UsageError } from "@metamem/core";
import {
  estimate,
  loadWorldSet,
  registeredFamilies,
  resolveConfig,
  resolvePlan,
  scaffoldFolder,
  scaffoldNames,
  seedList,
  shippedAverages,
  specHash,
  worldSetNames,
  worldsOf,
} from "@metamem/loops";
import { describe, expect, test } from "vitest";
import { family as tower } from "../games/tower.ts";

const names = worldSetNames();
const [first] = registeredFamilies();

/** Every `task seed` of a family in a set. */
function worldNames(set: string, family: string): string[] {
  const worlds = loadWorldSet(set)?.families[family]?.worlds ?? [];
  return worlds.flatMap(({ tasks, seeds }) =>
    tasks.flatMap((task) => seedList(seeds).map((seed) => `${task} ${seed}`)),
  );
}

describe("world sets", () => {
  test("are those that architecture and issue name", () => {
    expect(names).toEqual(["dev", "gate", "published", "test", "train"]);
  });

  test("hold what the published table was made of", () => {
    const published = loadWorldSet("published")?.families;
    expect(worldNames("published", "crafter")).toEqual(
      [42, 43, 44, 45, 46, 47, 48, 49, 50, 51].map((seed) => `default ${seed}`),
    );
    expect(worldNames("published", "minihack")).toHaveLength(40);
    expect(worldNames("published", "nethack")).toEqual([42, 43, 44, 45, 46].map((seed) => `challenge ${seed}`));
    const limits = Object.fromEntries(
      Object.entries(published ?? {}).map(([name, { worlds }]) => [name, worlds[0]?.maxSteps]),
    );
    expect(limits).toEqual({ crafter: 2000, minihack: 100, nethack: 100_000 });
  });

  test("are disjoint, family by family, and hold no world twice", () => {
    const families = new Set(names.flatMap((name) => Object.keys(loadWorldSet(name)?.families ?? {})));
    for (const family of families) {
      const all = names.flatMap((name) => worldNames(name, family));
      expect(new Set(all).size, family).toBe(all.length);
    }
  });

  test("no seed is in two sets, even of different tasks", () => {
    const owners = new Map<number, string>();
    for (const name of names) {
      for (const { worlds } of Object.values(loadWorldSet(name)?.families ?? {})) {
        for (const seed of worlds.flatMap(({ seeds }) => seedList(seeds))) {
          expect(owners.get(seed) ?? name).toBe(name);
          owners.set(seed, name);
        }
      }
    }
  });

  test("have only tasks that registered families have, with their limits", () => {
    for (const family of registeredFamilies()) {
      for (const name of names) expect(worldsOf(name, family).length, `${name} ${family.name}`).toBeGreaterThan(0);
    }
  });

  test("say when they have nothing for a family or do not know a task", () => {
    expect(() => worldsOf("dev", tower)).toThrow("no worlds of tower");
    if (first === undefined) throw new Error("no family is registered");
    expect(() => worldsOf("dev", { ...first, tasks: [] })).toThrow("names the task");
  });
});

describe("plans", () => {
  const base = { worlds: "seeds:0-4", env: [first?.name ?? ""], scaffold: "memory-v0" };
  const plan = (more: object) => resolvePlan(resolveConfig({ ...base, ...more }).play);
  const ids = async (more: object) => (await plan(more)).episodes.map(({ id }) => id);

  test("name episodes by the hash of their spec, the same each time", async () => {
    const { episodes } = await plan({});
    expect(episodes.map(({ resolved }) => specHash(resolved.spec))).toEqual(episodes.map(({ id }) => id));
    expect(await ids({})).toEqual(await ids({}));
  });

  test("every repetition of a world has a sampling seed and an identity of its own", async () => {
    const { episodes } = await plan({ episodesPerWorld: 3, samplingSeed: 10 });
    expect(episodes).toHaveLength(15);
    expect(new Set(episodes.map(({ id }) => id)).size).toBe(15);
    expect(episodes.slice(0, 3).map(({ resolved }) => resolved.spec.samplingSeed)).toEqual([10, 11, 12]);
    expect(await ids({ episodesPerWorld: 1, samplingSeed: 11 })).toContain(episodes[1]?.id);
  });

  test.each([
    { samplingSeed: 1 },
    { maxSteps: 7 },
    { protocol: "published" },
    { protocol: { temperature: 0.1 } },
    { model: "vllm:m@http://localhost:1/v1" },
  ])("%j makes other episodes", async (change) => {
    const before = new Set(await ids({}));
    expect((await ids(change)).filter((id) => before.has(id))).toEqual([]);
  });

  describe("of named tasks", () => {
    const several = registeredFamilies().find(({ tasks }) => tasks.length > 2);
    const [, second = "", third = ""] = several?.tasks.map(({ id }) => id) ?? [];
    const env = [several?.name ?? ""];
    const played = async (more: object) =>
      (await plan({ env, ...more })).episodes.map(({ resolved: { spec } }) => [spec.task.id, spec.seed]);

    test("a range of seeds is played in each of them", async () => {
      const worlds = [second, third].flatMap((task) => [0, 1].map((seed) => [task, seed]));
      expect(await played({ worlds: "seeds:0-1", tasks: [second, third] })).toEqual(worlds);
    });

    test("one that no environment has is refused, beside others too", async () => {
      await expect(played({ tasks: [second, "no such task"] })).rejects.toThrow("of the task 'no such task'");
      await expect(played({ worlds: "dev", tasks: ["no such task"] })).rejects.toThrow(UsageError);
      expect(await played({ env: [...env, first?.name], tasks: [second] })).toHaveLength(5);
    });
  });

  test("how it is run makes no difference", async () => {
    expect(await ids({ concurrency: 3, shards: 2, budget: { tokens: 5 } })).toEqual(await ids({}));
  });
});

describe("the shipped averages", () => {
  const prices = { memory: { input: 1, output: 2 }, gameplay: { input: 1, output: 2 } };
  const v0 = { name: "memory-v0", kind: "memory" } as const;
  const expected = async (config: object) =>
    estimate((await resolvePlan(resolveConfig(config).play)).episodes, shippedAverages(v0), prices);

  test.each(scaffoldNames())("of %s are its own, and of all families", (name) => {
    const { kind } = loadBundle(scaffoldFolder(name)).manifest;
    const { families, origin } = shippedAverages({ name, kind });
    expect(Object.keys(families).toSorted()).toEqual(
      registeredFamilies()
        .map((family) => family.name)
        .toSorted(),
    );
    expect(origin).not.toContain("nothing was recorded");
    // A context bundle never asks the memory role.
    for (const { perStep } of Object.values(families)) {
      expect(perStep.gameplay.calls).toBeGreaterThan(0);
      expect(perStep.memory.calls > 0).toBe(kind === "memory");
    }
  });

  test("of another scaffold are those of one of its kind, and said to be", () => {
    const window = shippedAverages({ name: "of my own", kind: "context" });
    expect(window.families).toEqual(shippedAverages({ name: "sliding-window", kind: "context" }).families);
    expect(window.origin).toContain("nothing was recorded with of my own");
  });

  test("give an estimate that grows with the worlds", async () => {
    const [one, ten] = [await expected({ worlds: "seeds:0" }), await expected({ worlds: "seeds:0-9" })];
    expect(one.unknown).toBe(0);
    expect(one.cost).toBeCloseTo((one.promptTokens + 2 * one.outputTokens) / 1e6, 4);
    expect(ten.calls / one.calls).toBeCloseTo(10, 2);
  });

  test("a shorter limit ends games earlier, but does not make short ones shorter", async () => {
    for (const { name } of registeredFamilies()) {
      const { steps } = await expected({ env: [name], worlds: "seeds:0", maxSteps: 5 });
      expect([name, steps]).toEqual([name, 5]);
    }
  });

  test("count of an episode that has begun only what is left", async () => {
    const { episodes } = await resolvePlan(resolveConfig({ worlds: "seeds:0-1" }).play);
    const averages = shippedAverages(v0);
    const limit = episodes[0]?.resolved.spec.maxSteps ?? 0;
    const late = estimate(episodes, averages, prices, () => limit - 1);
    expect(late.steps).toBeLessThan(0.2 * limit);
    expect(late.calls).toBeLessThan(estimate(episodes, averages, prices).calls);
  });
});

describe("the notes of the sets", () => {
  test("name each of them", () => {
    const notes = readFileSync(new URL("../../seeds/worlds/NOTES.md", import.meta.url), "utf8");
    for (const name of names) expect(notes).toContain(`\`${name}\``);
  });
});
