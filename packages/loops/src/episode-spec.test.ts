import { describe, expect, test } from "vitest";
import { type EpisodeRequest, episodeSpecSchema, resolveRequest, specHash } from "./episode-spec.ts";
import { registeredFamilies } from "./registry.ts";

const hashOf = async (request: EpisodeRequest) => specHash((await resolveRequest(request)).spec);

describe("resolveRequest", () => {
  test("fills in every default, and what it gives is plain data", async () => {
    const { spec, family, task } = await resolveRequest({});
    expect(family).toBe(registeredFamilies()[0]);
    expect(task).toEqual(family.tasks[0]);
    expect(spec).toMatchObject({
      ...{ seed: 42, samplingSeed: 0, maxSteps: task.maxSteps },
      ...{ models: { memory: "scripted", gameplay: "scripted" }, scaffold: { name: "memory-v0" } },
    });
    expect(episodeSpecSchema.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  test("one model fills both roles, unless a role names its own", async () => {
    const url = "http://localhost:8000/v1";
    const { spec } = await resolveRequest({ model: `vllm:base@${url}`, memoryModel: `vllm:specialist@${url}/` });
    expect(spec.models).toEqual({ memory: `vllm:specialist@${url}`, gameplay: `vllm:base@${url}` });
  });

  test("the protocol's options for the family become part of the task", async () => {
    const { task } = await resolveRequest({});
    const plain = await resolveRequest({ protocol: "published" });
    expect(plain.task.options).toEqual(task.options);
  });

  test.each([[{ seed: -1 }], [{ seed: 2 ** 32 }], [{ seed: 1.5 }], [{ maxSteps: 0 }], [{ temperature: 3 }]])(
    "refuses %o",
    async (request) => {
      await expect(resolveRequest(request)).rejects.toMatchObject({ boundary: "usage" });
    },
  );
});

describe("specHash", () => {
  test("equal requests are the same episode, however they were written", async () => {
    const first = await hashOf({ seed: 3, model: "vllm:m@http://h:1/v1" });
    expect(await hashOf({ model: "vllm:m@http://h:1/v1/", seed: 3 })).toBe(first);
  });

  test.each([
    { seed: 4 },
    { samplingSeed: 1 },
    { maxSteps: 5 },
    { temperature: 0.5 },
    { scaffold: "sliding-window" },
    { protocol: "published" },
  ])("%o makes another one", async (request) => expect(await hashOf(request)).not.toBe(await hashOf({})));
});
