import { readFileSync } from "node:fs";
import { type ChatRequest, createModel, type PresetName } from "@metamem/core";
import { AdapterClient } from "@metamem/loops";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { errorShapes } from "../servers/error-shapes.ts";
import { completion, ModelServer } from "../servers/model-server.ts";
import { virtualClock } from "../servers/virtual-clock.ts";
import { rejection } from "./chat-model.ts";

const signal = new AbortController().signal;

const recording = JSON.parse(
  readFileSync(new URL("../servers/recordings/vllm-openapi.json", import.meta.url), "utf8"),
) as {
  readonly server: string;
  readonly shapes: Readonly<Record<string, { readonly properties: Readonly<Record<string, unknown>> }>>;
};

const request: ChatRequest = {
  callId: "12.log.0",
  episodeId: "e1",
  messages: [
    { role: "system", content: "Play." },
    { role: "user", content: "go" },
    { role: "assistant", content: "gone" },
    { role: "user", content: "again" },
  ],
  sampling: { temperature: 0.7, maxTokens: 64, seed: 2 ** 31 - 1 },
  stop: ["<|END|>", "two", "three", "four", "five"],
  tokenIds: true,
};

async function sent(preset: PresetName, more: Partial<ChatRequest> = {}): Promise<Record<string, unknown>> {
  await using server = new ModelServer(() => completion("fine"));
  const model = await createModel(`${preset}:m@${server.url}`, { variables: {} });
  await model.generate({ ...request, ...more }, signal);
  return server.seen[0]?.body as Record<string, unknown>;
}

/** Whether the recorded shape of a request allows a body; the server itself ignores fields it does not know, so those are checked too. */
function checkShape(name: string, body: unknown): void {
  const shape = recording.shapes[name];
  if (shape === undefined) throw new Error(`the recording has no ${name}`);
  z.fromJSONSchema(shape as Parameters<typeof z.fromJSONSchema>[0]).parse(body);
  expect(Object.keys(shape.properties)).toEqual(expect.arrayContaining(Object.keys(body as object)));
}

describe(`requests have the shape that ${recording.server} publishes`, () => {
  test("chat", async () => checkShape("chat", await sent("vllm")));

  test("the recording would notice: wrong types, too many stops, unknown fields", async () => {
    const body = await sent("vllm");
    expect(() => checkShape("chat", { ...body, seed: "7" })).toThrow();
    expect(() => checkShape("chat", { ...body, stop: ["1", "2", "3", "4", "5"] })).toThrow();
    expect(() => checkShape("chat", { ...body, extra_body: {} })).toThrow();
  });

  test("adapters and tokenize", async () => {
    await using server = new ModelServer(({ path }) =>
      path === "/v1/models" ? Response.json({ data: [{ id: "m" }] }) : Response.json({ tokens: [1] }),
    );
    const client = new AdapterClient(server.url, null);
    await client.load("run-v0001", "/adapters/run-v0001", signal);
    await client.unload("run-v0001", signal);
    await (await createModel(`vllm:m@${server.url}`, { variables: {} })).open(signal);
    for (const endpoint of ["load_lora_adapter", "unload_lora_adapter"]) {
      checkShape(endpoint, server.asked(`/v1/${endpoint}`)[0]?.body);
    }
    checkShape("tokenize", server.asked("/tokenize")[0]?.body);
  });
});

describe("fields beyond the common ones", () => {
  test.each([
    ["openai", ["max_completion_tokens", "messages", "model", "seed", "stop", "temperature"]],
    ["vllm", ["max_tokens", "messages", "model", "return_token_ids", "seed", "stop", "temperature"]],
    ["tgi", ["max_tokens", "messages", "model", "seed", "stop", "temperature"]],
    ["compatible", ["max_tokens", "messages", "model", "seed", "stop", "temperature"]],
  ] as const)("%s gets those its record names, and no more stops than it takes", async (preset, fields) => {
    const body = await sent(preset);
    expect(Object.keys(body).sort()).toEqual([...fields]);
    expect(body.stop).toEqual(["<|END|>", "two", "three", "four"]);
  });

  test("a stop string is cut off here where a server keeps it, and those beyond its number are found here", async () => {
    for (const text of ["done<|END|>", "donefive<|END|>", "done"]) {
      await using server = new ModelServer(() => completion(text));
      const model = await createModel(`tgi:tgi@${server.url}`, { variables: {} });
      expect(await model.generate(request, signal)).toMatchObject({ text: "done", finish: "stop" });
    }
  });

  test("token ids come with the reply where the server sends them", async () => {
    const choice = { message: { content: "hi" }, finish_reason: "stop", token_ids: [7, 8] };
    await using server = new ModelServer(() => Response.json({ prompt_token_ids: [1, 2, 3], choices: [choice] }));
    const model = await createModel(`vllm:m@${server.url}`, { variables: {} });
    const reply = await model.generate(request, signal);
    expect(reply.tokenIds).toEqual({ prompt: [1, 2, 3], output: [7, 8] });
    const { tokenIds: _asked, ...plain } = request;
    expect((await model.generate(plain, signal)).tokenIds).toBeUndefined();
  });
});

describe("every shape of error", () => {
  test.each(errorShapes)("$name", async ({ preset, status, body, code, attempts }) => {
    await using server = new ModelServer(() =>
      typeof body === "string" ? new Response(body, { status }) : Response.json(body, { status }),
    );
    const model = await createModel(`${preset}:m@${server.url}`, { variables: {}, clock: virtualClock() });
    const error = await rejection(model.generate(request, signal));
    expect(error).toMatchObject({ name: "ModelError", code, retryable: attempts > 1 });
    expect((error as Error).message).not.toContain("\n");
    expect(server.seen).toHaveLength(attempts);
  });
});
