import { createModel, type PresetName, probeServer } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { completion, ModelServer, type Seen } from "../servers/model-server.ts";
import { rejection } from "./chat-model.ts";

const signal = new AbortController().signal;
const models = { data: [{ id: "m" }] };

/** A server that has these pages, and a list of models. */
function serverWith(pages: Readonly<Record<string, unknown>>): ModelServer {
  const all: Readonly<Record<string, unknown>> = { "/v1/models": models, ...pages };
  return new ModelServer(({ path }) => (path in all ? Response.json(all[path]) : undefined));
}

describe("what a server is, is found out by its pages", () => {
  const llamacpp = { default_generation_settings: { n_ctx: 4096 }, build_info: "b5000" };
  test.each([
    ["vllm", { "/version": { version: "0.32.0" } }, "0.32.0", "runtime", "vllm"],
    [
      "tgi",
      { "/info": { version: "3.3.7", model_id: "m", max_concurrent_requests: 128, max_total_tokens: 6000 } },
      ...(["3.3.7", "static", "tgi"] as const),
    ],
    [
      "sglang",
      { "/get_server_info": { version: "0.6", model_path: "m" }, "/version": { version: "0.6" } },
      ...(["0.6", "runtime", null] as const),
    ],
    ["llamacpp", { "/props": llamacpp }, "b5000", "static", null],
    ["ollama", { "/api/version": { version: "0.33.0" } }, "0.33.0", "none", null],
    [null, { "/version": "a web page" }, null, "none", null],
  ] as const)("%s", async (backend, pages, version, lora, metrics) => {
    await using server = serverWith(pages);
    const found = await probeServer(server.url, signal, {});
    expect(found).toMatchObject({ backend, version, capabilities: { lora, metrics } });
    expect(found.models).toMatchObject([{ id: "m", parent: null }]);
  });

  test("with the preset `compatible` the record of what it is holds: an unknown vLLM is asked for token ids", async () => {
    await using server = new ModelServer(({ path }) => {
      if (path === "/v1/models") return Response.json(models);
      return path === "/version" ? Response.json({ version: "0.32.0" }) : completion("fine");
    });
    const model = await createModel(`compatible:m@${server.url}`, { variables: {} });
    await model.open(signal);
    const sampling = { temperature: 1, maxTokens: 8, seed: 1 };
    const messages = [{ role: "user", content: "go" }] as const;
    await model.generate({ callId: "c", episodeId: "e", messages, sampling, tokenIds: true }, signal);
    expect(server.asked("/v1/chat/completions")[0]?.body).toMatchObject({ return_token_ids: true });
  });

  test("llama.cpp tells its context", async () => {
    await using server = serverWith({ "/props": llamacpp });
    const model = await createModel(`compatible:m@${server.url}`, { variables: {} });
    expect(await model.open(signal)).toMatchObject({ contextTokens: 4096, server: "llamacpp b5000" });
  });

  test("pages are asked without the key, the list of models with it", async () => {
    await using server = serverWith({ "/version": { version: "1" } });
    await probeServer(server.url, signal, { METAMEM_API_KEY: "sesame" });
    const withKey = server.seen.filter(({ headers }) => headers.has("authorization")).map(({ path }) => path);
    expect(withKey).toEqual(["/v1/models"]);
  });
});

describe("TGI takes names it does not know for its base model", () => {
  /** Knows the adapter `real`; `noise` is what its arithmetic varies by from call to call. */
  function tgi(noise = 0): ModelServer {
    let calls = 0;
    return new ModelServer(({ path, body }: Seen) => {
      if (path === "/v1/models") return Response.json({ data: [{ id: "org/base" }] });
      if (path !== "/v1/chat/completions") return undefined;
      calls += 1;
      const { model } = body as { readonly model: string };
      const logprob = (model === "real" ? -0.7 : -0.5) + noise * (calls % 3);
      const content = [{ token: "one", logprob }];
      const choice = { message: { content: "one" }, finish_reason: "stop", logprobs: { content } };
      return Response.json({ choices: [choice] });
    });
  }

  async function opened(server: ModelServer, name: string, preset: PresetName = "tgi"): Promise<unknown> {
    return await (await createModel(`${preset}:${name}@${server.url}`, { variables: {} })).open(signal);
  }

  test("an adapter it has is told by its probabilities and played by its name", async () => {
    await using server = tgi();
    expect(await opened(server, "real")).toMatchObject({ spec: `tgi:real@${server.url}` });
    const asked = server.asked("/v1/chat/completions").map(({ body }) => (body as { model: string }).model);
    expect(asked).toEqual(["tgi", "real", "tgi"]);
  });

  test("a name it falls back on is refused, also where its arithmetic varies", async () => {
    for (const noise of [0, 0.01]) {
      await using server = tgi(noise);
      const error = await rejection(opened(server, "misspelt"));
      expect(error).toMatchObject({ code: "model.unknown_model" });
      expect((error as Error).message).toContain("as its base model does");
    }
  });

  test("its base model needs no such question", async () => {
    await using server = tgi();
    await opened(server, "tgi");
    await opened(server, "org/base");
    expect(server.asked("/v1/chat/completions")).toHaveLength(0);
  });
});
