import { describe, expect, test } from "vitest";
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
      limits: { callSeconds: 600, stepSeconds: 60, episodeMinutes: null },
      budget: { cost: null, tokens: null, minutes: null },
      prices: { memory: null, gameplay: null },
    });
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
    const { play, operation } = resolveConfig({ protocol: "published", budget: { tokens: 5 } });
    expect(resolveConfig({ ...play, ...operation })).toEqual({ play, operation });
  });

  test.each([
    [{ wrlds: "x" }, "wrlds"],
    [{ protocol: { temperture: 1 } }, "protocol"],
    [{ protocol: { temperature: 3 } }, "protocol"],
    [{ budget: { tokens: -1 } }, "budget.tokens"],
    [{ concurrency: 0 }, "concurrency"],
  ])("%j names what is wrong", (input, key) => {
    expect(() => resolveConfig(input)).toThrow(key);
  });
});
