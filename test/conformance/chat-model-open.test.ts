import { createModel, ModelError, type ModelInfo } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";
import { type ChatServer, type ChatServerOptions, startChatServer } from "../servers/chat-server.ts";
import { rejection } from "./chat-model.ts";

const signal = new AbortController().signal;
const servers: ChatServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function serve(options: Partial<ChatServerOptions> = {}): ChatServer {
  const server = startChatServer({ answer: () => ({ text: "fine" }), ...options });
  servers.push(server);
  return server;
}

async function open(spec: string, variables: Record<string, string> = {}): Promise<ModelInfo> {
  return (await createModel(spec, { variables })).open(signal);
}

async function openError(spec: string, variables: Record<string, string> = {}): Promise<ModelError> {
  const error = (await rejection(open(spec, variables))) as ModelError;
  expect(error).toBeInstanceOf(ModelError);
  expect(error.message).not.toContain("\n");
  expect(error.exitCode).toBe(4);
  return error;
}

describe("a server that is not as it should be", () => {
  test("nothing listens: one line with the address and what to check", async () => {
    const server = serve();
    await server.close();
    const error = await openError(`vllm:base@${server.url}`);
    expect(error.code).toBe("model.unreachable");
    expect(error.message).toContain(server.url);
    expect(error.message).toContain("check that the server is running");
  });

  test("no such host", async () => {
    expect((await openError("vllm:base@http://no-such-host.invalid/v1")).code).toBe("model.unreachable");
  });

  test("it never answers", async () => {
    const silent = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Promise<Response>(() => {}) });
    const model = await createModel(`vllm:base@${silent.url.origin}/v1`, { variables: {}, limits: { openMs: 50 } });
    expect(await rejection(model.open(signal))).toMatchObject({ code: "model.timeout" });
    await silent.stop(true);
  });

  test("it asks for a key and there is none", async () => {
    const error = await openError(`vllm:test-model@${serve({ key: "sesame" }).url}`);
    expect(error.code).toBe("model.unauthorized");
    expect(error.message).toContain("set the environment variable METAMEM_API_KEY");
  });

  test("it refuses the key", async () => {
    const error = await openError(`openai:test-model@${serve({ key: "sesame" }).url}`, { OPENAI_API_KEY: "wrong-key" });
    expect(error.code).toBe("model.unauthorized");
    expect(error.message).toContain("OPENAI_API_KEY was refused");
    expect(error.message).not.toContain("wrong-key");
  });

  test("it serves other models: up to five are named", async () => {
    const models = Array.from({ length: 8 }, (_, i) => ({ id: `model-${i}` }));
    const error = await openError(`vllm:missing@${serve({ models }).url}`);
    expect(error.code).toBe("model.unknown_model");
    expect(error.message).toContain("model-0, model-1, model-2, model-3, model-4 and 3 more");
  });

  test("it is some web page", async () => {
    const page = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: () => new Response("<html>", { headers: { "content-type": "text/html" } }),
    });
    const error = await openError(`vllm:base@${page.url.origin}/v1`);
    expect(error.code).toBe("model.bad_reply");
    expect(error.message).toContain("/v1");
    await page.stop(true);
  });

  test("it is still loading", async () => {
    const loading = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: () => new Response("loading", { status: 503 }),
    });
    expect((await openError(`vllm:base@${loading.url.origin}/v1`)).code).toBe("model.overloaded");
    await loading.stop(true);
  });
});

describe("what a server tells", () => {
  test("vLLM: context length of the model, version", async () => {
    const server = serve({ models: [{ id: "base", max_model_len: 16_384 }], version: { version: "0.32.0" } });
    expect(await open(`vllm:base@${server.url}`)).toEqual({
      spec: `vllm:base@${server.url}`,
      ruleBased: false,
      contextTokens: 16_384,
      server: "vllm 0.32.0",
      template: null,
    });
  });

  test("its template is known by how it renders a fixed conversation", async () => {
    const base = { models: [{ id: "base" }] };
    const ids = (tokens: number[]) => serve({ ...base, rendered: () => ({ count: tokens.length, tokens }) }).url;
    const template = async (spec: string) => (await open(spec)).template;
    const known = await template(`vllm:base@${ids([1, 2, 3])}`);
    expect(known).toMatch(/^[0-9a-f]{64}$/);
    expect(await template(`vllm:base@${ids([1, 2, 3])}`)).toBe(known);
    expect(await template(`vllm:base@${ids([1, 2, 4])}`)).not.toBe(known);
    expect(await template(`compatible:base@${ids([1, 2, 3])}`)).toBeNull();
    expect(await template(`vllm:base@${ids([])}`)).toBeNull();
    const text = serve({ ...base, rendered: ({ messages }) => ({ templated_text: JSON.stringify(messages) }) }).url;
    expect(await template(`tgi:base@${text}`)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("vLLM: an adapter has its base model's context", async () => {
    const models = [
      { id: "base", max_model_len: 4096 },
      { id: "run7-v0042", parent: "base" },
    ];
    expect((await open(`vllm:run7-v0042@${serve({ models }).url}`)).contextTokens).toBe(4096);
  });

  test("TGI: context from /info; `tgi` is its base model, other unlisted names are refused", async () => {
    const server = serve({ models: [{ id: "org/model" }], version: { version: "3.3.7", max_total_tokens: 6000 } });
    expect(await open(`tgi:tgi@${server.url}`)).toMatchObject({ contextTokens: 6000, server: "tgi 3.3.7" });
    expect((await openError(`tgi:adapter@${server.url}`)).code).toBe("model.unknown_model");
  });

  test("no list of models: accepted, with the preset's context", async () => {
    expect(await open(`compatible:any@${serve({ models: null }).url}`)).toMatchObject({
      contextTokens: 8192,
      server: null,
    });
  });

  test("the caller's context length goes first", async () => {
    const { url } = serve({ models: [{ id: "base", max_model_len: 16_384 }] });
    const model = await createModel(`vllm:base@${url}`, { variables: {}, contextTokens: 2000 });
    expect((await model.open(signal)).contextTokens).toBe(2000);
  });
});
