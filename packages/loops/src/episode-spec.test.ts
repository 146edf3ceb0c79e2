import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EnvironmentFamily, Protocol, TaskSpec } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { configuredTask, type EpisodeRequest, episodeSpecSchema, resolveRequest, specHash } from "./episode-spec.ts";
import { findFamily, registeredFamilies } from "./registry.ts";

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

  test.each([[{ seed: -1 }], [{ seed: 2 ** 32 }], [{ seed: 1.5 }], [{ maxSteps: 0 }], [{ temperature: 3 }]])(
    "refuses %o",
    async (request) => {
      await expect(resolveRequest(request)).rejects.toMatchObject({ boundary: "usage" });
    },
  );
});

describe("a module of a user", () => {
  test("cannot take the name of a family that comes with the system, so that its results are never taken for that one's", async () => {
    const name = registeredFamilies()[0]?.name ?? "";
    const path = join(mkdtempSync(join(tmpdir(), "metamem-family-")), "family.ts");
    writeFileSync(path, `export const family = { name: "${name}", version: "1", tasks: [{}], open() {} };\n`);
    await expect(findFamily(path)).rejects.toThrow(`calls its family '${name}'`);
    rmSync(dirname(path), { recursive: true });
  });
});

describe("configuredTask", () => {
  const task = { options: { size: 3, words: "plain" } } as unknown as TaskSpec;
  const family = { name: "any", textSubstitutions: { words: "published" } } as unknown as EnvironmentFamily;
  const protocol = (textSubstitutions: boolean, environment: Protocol["environment"] = {}) =>
    ({ textSubstitutions, environment }) as Protocol;
  const options = (of: EnvironmentFamily, how: Protocol) => configuredTask(task, of, how).options;

  test("the protocol's options for the family, and for no other, become part of the task", () => {
    expect(options(family, protocol(false, { any: { size: 4 }, other: { size: 5 } }))).toEqual({
      size: 4,
      words: "plain",
    });
    expect(options(family, protocol(false))).toEqual(task.options);
  });

  test("text substitutions are made by families that say how", () => {
    expect(options(family, protocol(true))).toEqual({ size: 3, words: "published" });
    expect(options({ name: "any" } as EnvironmentFamily, protocol(true))).toEqual(task.options);
  });

  test("of the shipped protocols only the published one asks for them", async () => {
    expect((await resolveRequest({})).spec.protocol.textSubstitutions).toBe(false);
    expect((await resolveRequest({ protocol: "published" })).spec.protocol.textSubstitutions).toBe(true);
  });
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
