import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { formatModelSpec, parseModelSpec } from "./model-spec.ts";

describe("well-formed specs", () => {
  test("scripted", () => expect(parseModelSpec("scripted")).toEqual({ kind: "scripted" }));

  test.each([
    [
      "vllm:Qwen/Qwen2.5-32B-Instruct@http://localhost:8000/v1",
      "vllm",
      "Qwen/Qwen2.5-32B-Instruct",
      "http://localhost:8000/v1",
    ],
    ["openai:gpt-5@https://api.openai.com/v1", "openai", "gpt-5", "https://api.openai.com/v1"],
    ["compatible:llama3:8b@http://[::1]:11434/v1/", "compatible", "llama3:8b", "http://[::1]:11434/v1"],
    ["tgi:tgi@http://gpu-1:3000", "tgi", "tgi", "http://gpu-1:3000"],
    ["vllm:base@rev2@https://host/a/b/v1", "vllm", "base@rev2", "https://host/a/b/v1"],
    ["vllm:odd@http://name@http://host/v1", "vllm", "odd@http://name", "http://host/v1"],
  ])("%s", (text, preset, name, url) => {
    expect(parseModelSpec(text)).toEqual({ kind: "server", preset, name, url });
  });

  test("every name survives a round trip", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9/:@._-]{1,60}$/);
    fc.assert(
      fc.property(fc.constantFrom("openai", "vllm", "tgi", "compatible"), name, (preset, model) => {
        const text = `${preset}:${model}@http://localhost:8000/v1`;
        expect(formatModelSpec(parseModelSpec(text))).toBe(text);
      }),
    );
  });
});

describe("malformed specs", () => {
  test.each([
    ["", "neither"],
    ["Scripted", "neither"],
    ["vllm", "neither"],
    ["vllm:@http://host/v1", "neither"],
    ["vllm:name@host:8000", "neither"],
    ["vllm:name@ftp://host", "neither"],
    ["claude:name@http://host/v1", "unknown preset"],
    ["constructor:name@http://host/v1", "unknown preset"],
    ["vllm:a b@http://host/v1", "white space"],
    ["vllm:name@http://", "neither"],
    ["vllm:name@http://host:99999/v1", "no URL"],
    ["vllm:name@http://host/v1?x=1", "query"],
  ])("%s", (text, problem) => {
    const parse = () => parseModelSpec(text);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(problem);
    expect(parse).toThrow("for example");
  });

  test.each([
    "vllm:name@http://user:hunter2@host/v1",
    "vllm:name@http://hunter2@host/v1",
    "vllm:name@https://host/v1?api_key=hunter2",
    "vllm:name@https://host/v1#hunter2",
    "nonsense:name@http://user:hunter2@host/v1",
    "vllm:na me@http://user:hunter2@host/v1",
    "vllm:name@ws://user:hunter2@host/v1",
    "http://user:hunter2@host/v1",
  ])("credentials are refused and never repeated: %s", (text) => {
    let message = "";
    try {
      parseModelSpec(text);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain("UsageError");
    expect(message).not.toContain("hunter2");
    expect(message).not.toContain("\n");
  });

  test("any text is either a spec or a one-line UsageError", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        try {
          parseModelSpec(text);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect((error as Error).message).not.toMatch(/[\r\n]/);
        }
      }),
    );
  });
});
