import { type ChatModel, type ChatRequest, ModelError, type RulePlayer } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";

export interface ModelUnderTest {
  readonly model: ChatModel;
  stop(): Promise<void>;
}

/** Starts a model whose replies are the player's; prompts beyond `contextTokens` (by the estimate) overflow. */
export type StartModel = (player: RulePlayer, contextTokens: number) => Promise<ModelUnderTest>;

const contextTokens = 4000;

/** Repeats the last message and the seed: shows what arrived. */
const echo: RulePlayer = {
  label: "echo",
  reply: (messages, seed) => `${messages.at(-1)?.content ?? ""}|${messages.length}|${seed}`,
};

function request(content: string, changes: Partial<ChatRequest["sampling"]> = {}, callId = "0.log.0"): ChatRequest {
  const messages = [
    { role: "system", content: "Answer." },
    { role: "user", content },
  ] as const;
  return { callId, episodeId: "e1", messages, sampling: { temperature: 1, maxTokens: 1000, seed: 7, ...changes } };
}

/** What every `ChatModel` does, whatever generates the text. */
export function describeChatModel(name: string, start: StartModel): void {
  describe(`${name} is a ChatModel`, () => {
    const started: ModelUnderTest[] = [];
    const signal = new AbortController().signal;

    async function open(player: RulePlayer = echo): Promise<ChatModel> {
      const under = await start(player, contextTokens);
      started.push(under);
      await under.model.open(signal);
      return under.model;
    }

    afterEach(async () => {
      for (const one of started.splice(0)) await one.stop();
    });

    test("open tells plain facts", async () => {
      const { model } = started[started.push(await start(echo, contextTokens)) - 1] as ModelUnderTest;
      const info = await model.open(signal);
      expect(JSON.parse(JSON.stringify(info))).toEqual(info);
      expect(info.contextTokens).toBeGreaterThan(0);
      expect(info.spec.length).toBeGreaterThan(0);
    });

    test("messages and seed arrive, the reply comes back with its counts", async () => {
      const reply = await (await open()).generate(request("hello"), signal);
      expect(reply.text).toBe("hello|2|7");
      expect(reply.finish).toBe("stop");
      expect(reply.usage.prompt).toBeGreaterThan(0);
      expect(reply.usage.output).toBeGreaterThan(0);
      expect(reply.servedModel.length).toBeGreaterThan(0);
      expect(reply.failedAttempts).toEqual([]);
    });

    test.each([
      "  leading, trailing and\n\n blank lines \n",
      "<|APPEND|>log.txt\nstep 1\n<|END|>",
      "日本語 – ünï → 🧭 \u0000 \u2028 \\ \" '",
      "",
    ])("text is kept as it is: %j", async (text) => {
      const reply = await (await open()).generate(request(text), signal);
      expect(reply.text).toBe(`${text}|2|7`);
    });

    test("a fresh instance gives the same reply to the same question, and another to another seed", async () => {
      const [one, two] = [await open(), await open()];
      await one.generate(request("something before"), signal);
      const first = await one.generate(request("same"), signal);
      expect((await two.generate(request("same"), signal)).text).toBe(first.text);
      expect((await two.generate(request("same", { seed: 8 }), signal)).text).not.toBe(first.text);
    });

    test("a reply beyond the output limit is cut and says so", async () => {
      const reply = await (await open()).generate(request("many words ".repeat(50), { maxTokens: 16 }), signal);
      expect(reply.finish).toBe("length");
      expect("many words ".repeat(50).startsWith(reply.text)).toBe(true);
      expect(reply.text.length).toBeGreaterThan(0);
    });

    test("a prompt beyond the context is model.context_overflow, not retryable", async () => {
      const error = await rejection((await open()).generate(request("many words ".repeat(2000)), signal));
      expect(error).toBeInstanceOf(ModelError);
      expect(error).toMatchObject({ code: "model.context_overflow", retryable: false, exitCode: 4 });
    });

    test("an aborted signal rejects with its reason", async () => {
      const model = await open();
      const reason = new Error("enough");
      expect(await rejection(model.generate(request("x"), AbortSignal.abort(reason)))).toBe(reason);
      expect(await rejection(model.open(AbortSignal.abort(reason)))).toBe(reason);
    });

    test("parallel calls do not mix", async () => {
      const model = await open();
      const replies = await Promise.all(
        Array.from({ length: 40 }, (_, i) => model.generate(request(`call ${i}`, { seed: i }, `${i}.log.0`), signal)),
      );
      expect(replies.map((reply) => reply.text)).toEqual(replies.map((_, i) => `call ${i}|2|${i}`));
    });

    test("after close a call is an error", async () => {
      const model = await open();
      model.close();
      model.close();
      expect(await rejection(model.generate(request("x"), signal))).toMatchObject({ code: "model.closed" });
    });
  });
}

/** What a promise rejects with; fails when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`resolved with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}
