import { describe, expect, test } from "vitest";
import { shownLine, tgiLine, type VllmOptions, vllmLine } from "./launch-line.ts";

const options: VllmOptions = {
  model: "./model",
  host: "127.0.0.1",
  port: 8000,
  gpus: null,
  contextTokens: null,
  adapters: {},
  more: [],
  variables: {},
  program: ["vllm"],
  servedName: "base",
  onCpu: false,
  maxRank: 16,
  maxAdapters: 8,
};

describe("vllmLine", () => {
  test("adapters at run time, exact usage, no sampling defaults of the model's own", () => {
    const { command, env } = vllmLine(options);
    expect(command.slice(0, 5)).toEqual(["vllm", "serve", "./model", "--served-model-name", "base"]);
    expect(command.join(" ")).toContain("--generation-config vllm --enable-lora --max-loras 8 --max-cpu-loras 32");
    expect(command).toContain("--enable-prompt-tokens-details");
    expect(env.VLLM_ALLOW_RUNTIME_LORA_UPDATING).toBe("1");
    expect(command).not.toContain("--tensor-parallel-size");
    expect(command).not.toContain("--dtype");
  });

  test("several GPUs hold one model together; the user's own flags come last and win", () => {
    const line = vllmLine({ ...options, gpus: [2, 3], contextTokens: 4096, more: ["--max-model-len", "100"] });
    expect(line.command.join(" ")).toContain("--max-model-len 4096 --tensor-parallel-size 2");
    expect(line.command.slice(-2)).toEqual(["--max-model-len", "100"]);
    expect(line.env.CUDA_VISIBLE_DEVICES).toBe("2,3");
  });

  test("the key travels in the environment and is never shown", () => {
    const line = vllmLine({ ...options, variables: { METAMEM_API_KEY: "se-cret" } });
    expect(line.env.VLLM_API_KEY).toBe("se-cret");
    expect(line.command.join(" ")).not.toContain("se-cret");
    expect(shownLine(line)).not.toContain("se-cret");
    expect(shownLine(line)).toContain("VLLM_API_KEY=***");
  });
});

describe("tgiLine", () => {
  test("adapters are named in the environment", () => {
    const { command, env } = tgiLine({
      ...options,
      contextTokens: 4096,
      adapters: { one: "/adapters/one", two: "/b" },
    });
    expect(command).toEqual([
      ...["text-generation-launcher", "--model-id", "./model", "--hostname", "127.0.0.1", "--port", "8000"],
      ...["--max-total-tokens", "4096", "--max-input-tokens", "4095"],
    ]);
    expect(env).toEqual({ LORA_ADAPTERS: "one=/adapters/one,two=/b" });
  });

  test("names that its list cannot hold are refused", () => {
    expect(() => tgiLine({ ...options, adapters: { "a,b": "/a" } })).toThrow(/TGI takes no name/);
  });
});

test("a shown line can be pasted into a shell", () => {
  const shown = shownLine({ command: ["run", "two words", "it's", "--flag=1"], env: { A: "b c" } });
  expect(shown).toBe("A='b c' run 'two words' 'it'\\''s' --flag=1");
});
