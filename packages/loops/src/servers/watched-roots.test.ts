import { expect, test } from "vitest";
import { watchedRoots } from "./watched-roots.ts";

test("servers whose metrics can be read, each once", () => {
  const specs = [
    "scripted",
    "vllm:base@http://a:8000/v1,http://b:8000/v1",
    "vllm:adapter@http://b:8000/v1",
    "tgi:tgi@http://c:3000",
    "openai:gpt-5@https://api.openai.com/v1",
    "compatible:m@http://d/v1",
  ];
  expect(watchedRoots(specs)).toEqual(["http://a:8000", "http://b:8000", "http://c:3000"]);
});
