import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChatRequest } from "./chat-model.ts";
import { ScriptedModel } from "./scripted.ts";
import { estimatedTokens } from "./token-estimate.ts";

const signal = new AbortController().signal;

function model(reply: string): ScriptedModel {
  return new ScriptedModel({ player: { label: "fixed", reply: () => reply }, counter: estimatedTokens });
}

function request(maxTokens: number): ChatRequest {
  const messages = [{ role: "user", content: "go" }] as const;
  return { callId: "0.log.0", episodeId: "e", messages, sampling: { temperature: 0, maxTokens, seed: 1 } };
}

test("a cut reply is a prefix within the limit, in whole characters, and says that it was cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), async (text, maxTokens) => {
      const reply = await model(text).generate(request(maxTokens), signal);
      expect(text.startsWith(reply.text)).toBe(true);
      expect(reply.text.isWellFormed()).toBe(true);
      expect(reply.usage.output).toBeLessThanOrEqual(maxTokens);
      expect(reply.finish).toBe(reply.text === text ? "stop" : "length");
    }),
  );
});

test("the request is only read", async () => {
  const frozen = request(10);
  Object.freeze(frozen.messages);
  Object.freeze(frozen.messages[0]);
  expect((await model("fine").generate(Object.freeze(frozen), signal)).text).toBe("fine");
});
