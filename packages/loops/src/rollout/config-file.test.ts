import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { registeredFamilies } from "../registry.ts";
import { resolveConfig } from "./config.ts";
import { parseAssignment, withValue } from "./config-file.ts";

describe("settings on the command line", () => {
  test.each([
    ["protocol.temperature=0.7", "protocol.temperature", 0.7],
    ["concurrency=auto", "concurrency", "auto"],
    ['env=["a", "b"]', "env", ["a", "b"]],
    ["protocol.finalLog=false", "protocol.finalLog", false],
    ["model=vllm:a=b@http://x/v1", "model", "vllm:a=b@http://x/v1"],
    ["worlds=", "worlds", ""],
  ])("%s", (text, path, value) => {
    expect(parseAssignment(text)).toEqual({ path, value });
  });

  test.each(["temperature", "=3", "a..b=1", "a.=1", "9=1"])("%s is refused", (text) => {
    expect(() => parseAssignment(text)).toThrow("--set");
  });

  test("changes a copy, makes tables, and keeps a named protocol as base", () => {
    const before = { protocol: "published", limits: { callSeconds: 5 } };
    const after = withValue(withValue(before, "protocol.temperature", 0.5), "limits.stepSeconds", 9);
    expect(after).toEqual({
      protocol: { base: "published", temperature: 0.5 },
      limits: { callSeconds: 5, stepSeconds: 9 },
    });
    expect(before).toEqual({ protocol: "published", limits: { callSeconds: 5 } });
  });
});

describe("resolveConfig", () => {
  test("fills in everything", () => {
    const { play, operation } = resolveConfig({});
    expect(play).toMatchObject({ worlds: "published", episodesPerWorld: 1, protocol: { name: "default" } });
    expect(operation).toEqual({
      concurrency: "auto",
      shards: 0,
      adapters: {},
      limits: { callSeconds: 600, stepSeconds: 60, episodeMinutes: null },
      budget: { cost: null, tokens: null, minutes: null },
      prices: { memory: null, gameplay: null },
    });
  });

  test("without environments plays those of the tasks", () => {
    const [first, last] = [registeredFamilies()[0], registeredFamilies().at(-1)];
    const tasks = [last, first, last].map((family) => family?.tasks.at(-1)?.id ?? "");
    expect(resolveConfig({ tasks }).play.env).toEqual([last?.name, first?.name]);
    expect(resolveConfig({ tasks, env: ["./a.ts"] }).play.env).toEqual(["./a.ts"]);
    for (const none of [{}, { tasks: ["nobody's"] }]) expect(resolveConfig(none).play.env).toEqual([first?.name]);
  });

  test("takes lists of names as options do", () => {
    expect(resolveConfig({ env: "one, two", tasks: "three" }).play).toMatchObject({
      env: ["one", "two"],
      tasks: ["three"],
    });
    expect(() => resolveConfig({ env: "" })).toThrow("env");
    expect(() => resolveConfig({ env: 5 })).toThrow("env");
  });

  test("resolves what it resolved to the same", () => {
    const { play, operation } = resolveConfig({ protocol: "published", budget: { tokens: 5 }, adapters: { a: "./a" } });
    expect(operation.adapters).toEqual({ a: resolve("a") });
    expect(resolveConfig({ ...play, ...operation })).toEqual({ play, operation });
  });

  test.each([
    [{ wrlds: "x" }, "wrlds"],
    [{ protocol: { temperture: 1 } }, "protocol"],
    [{ protocol: { temperature: 3 } }, "protocol"],
    [{ budget: { tokens: -1 } }, "budget.tokens"],
    [{ concurrency: 0 }, "concurrency"],
    [{ adapters: { a: 1 } }, "adapters.a"],
  ])("%j names what is wrong", (input, key) => {
    expect(() => resolveConfig(input)).toThrow(key);
  });
});
