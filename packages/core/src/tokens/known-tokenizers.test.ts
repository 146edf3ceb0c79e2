import { expect, test } from "vitest";
import { tokenizerOfModel } from "./known-tokenizers.ts";

test.each([
  "Qwen/Qwen2.5-7B-Instruct",
  "qwen2.5-0.5b",
  "models/Qwen2.5-32B-Instruct-AWQ",
  "Qwen/Qwen2.5-Coder-1.5B-Instruct",
  "Qwen/Qwen2.5-14B-Instruct-1M",
])("%s has Qwen2.5's tokenizer", (name) => {
  expect(tokenizerOfModel([name])).toBe("qwen2.5");
});

test.each(["Qwen/Qwen2.5-VL-7B-Instruct", "Qwen/Qwen3-8B", "gpt-5-mini", "my-Qwen2.5", "base", "Qwen2.5-Omni-7B"])(
  "%s is not known to",
  (name) => {
    expect(tokenizerOfModel([name])).toBeNull();
  },
);

test("a base model's name is enough", () => {
  expect(tokenizerOfModel(["run7-v0042", "adapters/7", "base", "Qwen/Qwen2.5-7B-Instruct"])).toBe("qwen2.5");
});
