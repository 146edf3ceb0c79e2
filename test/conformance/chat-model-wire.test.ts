import { type ChatRequest, createModel, type PresetName, type Reply, type Usage } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";
import { type ChatServer, type ChatServerOptions, startChatServer } from "../servers/chat-server.ts";
import { always } from "../servers/faults.ts";
import { virtualClock } from "../servers/virtual-clock.ts";
import { rejection } from "./chat-model.ts";

const secret = "sk-Very/Secret+Key=0123456789";
const signal = new AbortController().signal;
const servers: ChatServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const request: ChatRequest = {
  callId: "12.log.0",
  episodeId: "game-42 (2)",
  messages: [
    { role: "system", content: "Play." },
    { role: "user", content: "go" },
  ],
  sampling: { temperature: 0.7, maxTokens: 64, seed: 123 },
};

function serve(options: Partial<ChatServerOptions> = {}): ChatServer {
  const server = startChatServer({ answer: () => ({ text: "fine" }), ...options });
  servers.push(server);
  return server;
}

async function ask(server: ChatServer, preset: PresetName, variables: Record<string, string> = {}): Promise<Reply> {
  const model = await createModel(`${preset}:test-model@${server.url}`, { variables, clock: virtualClock() });
  return model.generate(request, signal);
}

describe("the request", () => {
  const common = { model: "test-model", messages: request.messages, temperature: 0.7, seed: 123 };

  test.each([
    ["openai", { ...common, max_completion_tokens: 64 }],
    ["vllm", { ...common, max_tokens: 64 }],
    ["tgi", { ...common, max_tokens: 64 }],
    ["compatible", { ...common, max_tokens: 64 }],
  ] as const)("%s gets these fields and no others", async (preset, body) => {
    const server = serve();
    await ask(server, preset);
    expect(server.requests[0]?.body).toEqual(body);
  });

  test("its id joins the server's log with the trace", async () => {
    const server = serve();
    await ask(server, "vllm");
    expect(server.requests[0]?.headers.get("x-request-id")).toBe("game-42--2-:12.log.0:1");
  });

  test("each preset sends its own key, OPENAI_API_KEY goes to `openai` only, and without a key there is no header", async () => {
    const both = { OPENAI_API_KEY: "openai-key", METAMEM_API_KEY: "metamem-key" };
    const sent = async (preset: PresetName, variables: Record<string, string>): Promise<string | null | undefined> => {
      const server = serve();
      await ask(server, preset, variables);
      return server.requests[0]?.headers.get("authorization");
    };
    expect(await sent("openai", both)).toBe("Bearer openai-key");
    expect(await sent("openai", { METAMEM_API_KEY: "metamem-key" })).toBe("Bearer metamem-key");
    expect(await sent("vllm", both)).toBe("Bearer metamem-key");
    expect(await sent("vllm", { OPENAI_API_KEY: "openai-key" })).toBeNull();
  });
});

describe("the reply", () => {
  test.each<[string, Usage | null, Usage]>([
    [
      "exact, with cached tokens",
      { prompt: 90, cached: 80, output: 7, exact: true },
      { prompt: 90, cached: 80, output: 7, exact: true },
    ],
    [
      "exact, without",
      { prompt: 90, cached: null, output: 7, exact: true },
      { prompt: 90, cached: null, output: 7, exact: true },
    ],
    ["estimated when there is none", null, { prompt: 16, cached: null, output: 1, exact: false }],
  ])("usage: %s", async (_name, usage, expected) => {
    const reply = await ask(serve({ answer: () => ({ text: "fine", usage }) }), "vllm");
    expect(reply.usage).toEqual(expected);
  });

  test.each([
    ["stop", "stop"],
    ["eos_token", "stop"],
    ["stop_sequence", "stop"],
    ["something_new", "stop"],
    ["length", "length"],
    ["content_filter", "length"],
  ] as const)("finish reason %s is %s", async (reason, finish) => {
    const reply = await ask(serve({ faults: always({ kind: "finish", reason }) }), "compatible");
    expect(reply).toMatchObject({ text: "fine", finish });
  });
});

describe("the key is nowhere", () => {
  test("not in errors, replies or the model itself, even when the server echoes it", async () => {
    const leaks: unknown[] = [];
    const echo = {
      error: { message: `bad key ${secret}\nAuthorization: Bearer ${secret}`, code: secret, param: secret },
    };
    for (const status of [400, 401, 403, 404, 429, 500, 503]) {
      const server = serve({ faults: always({ kind: "status", status, error: echo, headers: { "x-key": secret } }) });
      leaks.push(await rejection(ask(server, "vllm", { METAMEM_API_KEY: secret })));
    }
    const model = await createModel(`openai:test-model@${serve().url}`, { variables: { OPENAI_API_KEY: secret } });
    leaks.push(model, await model.open(signal), await model.generate(request, signal));
    const listed = serve({ models: [{ id: `echo-${secret}` }], version: { version: secret } });
    leaks.push(
      await rejection(
        (await createModel(`vllm:m@${listed.url}`, { variables: { METAMEM_API_KEY: secret } })).open(signal),
      ),
    );
    for (const leak of leaks) {
      expect(Bun.inspect(leak, { depth: 20 })).not.toContain(secret);
      expect(JSON.stringify(leak)).not.toContain(secret);
      expect(String(leak)).not.toContain(secret);
      expect(leak instanceof Error ? `${leak.stack}${Bun.inspect(leak.cause)}` : "").not.toContain(secret);
    }
  });

  test("not on the console, and nothing the environment holds for the SDK reaches the server", async () => {
    const server = serve();
    const program = `
      import { createModel } from "@metamem/core";
      const model = await createModel("openai:test-model@${server.url}");
      const signal = new AbortController().signal;
      console.log(model, await model.open(signal), await model.generate(${JSON.stringify(request)}, signal));`;
    const child = Bun.spawn([process.execPath, "-e", program], {
      env: {
        ...process.env,
        OPENAI_API_KEY: secret,
        OPENAI_LOG: "debug",
        OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
        OPENAI_ORG_ID: "other-secret",
        OPENAI_CUSTOM_HEADERS: "Api-Key: other-secret\nAuthorization: Bearer other-secret",
      },
      cwd: import.meta.dirname,
      stdout: "pipe",
      stderr: "pipe",
    });
    const output = (await Promise.all([child.stdout.text(), child.stderr.text()])).join("");
    expect(await child.exited).toBe(0);
    expect(output).toContain("fine");
    expect(output).not.toContain(secret);
    const sent = Object.fromEntries(server.requests[0]?.headers ?? []);
    expect(sent.authorization).toBe(`Bearer ${secret}`);
    expect(JSON.stringify(sent)).not.toContain("other-secret");
  });

  test("a key that no header can carry is refused without being shown", async () => {
    const error = await rejection(
      createModel("vllm:m@http://localhost/v1", { variables: { METAMEM_API_KEY: "two\nlines-of-secret" } }),
    );
    expect(error).toMatchObject({ code: "setup.api_key", exitCode: 3 });
    expect(String(error)).not.toContain("secret");
  });
});
