import { type ChatRequest, createModel, exactCounter } from "@metamem/core";
import { afterAll, expect, test } from "vitest";
import { type ChatServerOptions, startChatServer } from "../servers/chat-server.ts";
import { polyglotServer } from "../tokens/polyglot.ts";

const counter = await exactCounter("qwen2.5");
const qwen = polyglotServer(counter);
const servers: { close(): Promise<void> }[] = [];
const { signal } = new AbortController();

afterAll(async () => {
  for (const server of servers) await server.close();
});

async function opened(name: string, options: ChatServerOptions) {
  const server = startChatServer(options);
  servers.push(server);
  const model = await createModel(`vllm:${name}@${server.url}`, { variables: {} });
  return { model, info: await model.open(signal) };
}

test.each(["player", "specialist"])(
  "%s: known by what the server lists as its base, and by how it tokenizes",
  async (name) => {
    expect((await opened(name, qwen)).info.tokenizer).toBe("qwen2.5");
  },
);

test("a name alone is believed where the server does not show its tokens", async () => {
  const { answer } = qwen;
  const models = [{ id: "Qwen/Qwen2.5-7B-Instruct" }];
  expect((await opened("Qwen/Qwen2.5-7B-Instruct", { answer, models })).info.tokenizer).toBe("qwen2.5");
});

test("a server that renders as text is compared by its text", async () => {
  const rendered = (body: Readonly<Record<string, unknown>>) => ({
    templated_text: counter.render(body.messages as ChatRequest["messages"]),
  });
  expect((await opened("player", { ...qwen, rendered })).info.tokenizer).toBe("qwen2.5");
});

test("a name whose tokens are others' is not believed", async () => {
  const { info } = await opened("player", { ...qwen, rendered: () => ({ tokens: [1, 2, 3] }) });
  expect(info).not.toHaveProperty("tokenizer");
});

test("usage that a server does not send is counted exactly then", async () => {
  const text = "Готово 👋";
  const { model } = await opened("player", { ...qwen, answer: () => ({ text, usage: null }) });
  const messages = [{ role: "user", content: "\n\nпривет, 你好" }] as const;
  const sampling = { temperature: 0, maxTokens: 50, seed: 1 };
  const reply = await model.generate({ callId: "0.log.0", episodeId: "e", messages, sampling }, signal);
  expect(reply.usage).toEqual({
    prompt: counter.countPrompt(messages),
    cached: null,
    output: counter.count(text),
    exact: true,
  });
});
