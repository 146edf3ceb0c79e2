import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseChatReply } from "./chat-reply.ts";

function body(message: unknown, more: Record<string, unknown> = {}, finish: unknown = "stop"): unknown {
  return { model: "served", choices: [{ message, finish_reason: finish }], ...more };
}

describe("parseChatReply", () => {
  test("reads text, finish, model and usage", () => {
    const usage = { prompt_tokens: 5, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } };
    expect(parseChatReply(body({ content: " hi\n" }, { usage }))).toEqual({
      ok: true,
      value: {
        text: " hi\n",
        finish: "stop",
        servedModel: "served",
        usage: { prompt: 5, cached: 4, output: 2, exact: true },
        tokenIds: null,
      },
    });
  });

  test.each([
    [{ usage: { prompt_tokens: -1, completion_tokens: 2 } }],
    [{ usage: { prompt_tokens: "5", completion_tokens: 2 } }],
    [{ usage: "many" }],
    [{ usage: null }],
    [{ model: 7 }],
    [{ model: "" }],
  ])("what is only odd costs no reply: %j", (more) => {
    const parsed = parseChatReply(body({ content: "hi" }, more));
    expect(parsed).toMatchObject({ ok: true, value: { text: "hi", usage: null } });
  });

  test("odd details of usage leave the counts", () => {
    const usage = { prompt_tokens: 5, completion_tokens: 2, prompt_tokens_details: { cached_tokens: "no" } };
    expect(parseChatReply(body({ content: "hi" }, { usage }))).toMatchObject({
      value: { usage: { prompt: 5, cached: null } },
    });
  });

  test("no content before a cut is an empty reply, not garbage: asking again would give the same", () => {
    expect(parseChatReply(body({ content: null }, {}, "length"))).toMatchObject({
      ok: true,
      value: { text: "", finish: "length" },
    });
    expect(parseChatReply(body({ content: null }))).toMatchObject({ ok: false, failure: { kind: "garbage" } });
  });

  test("a missing finish reason is an ordinary end", () => {
    expect(parseChatReply(body({ content: "hi" }, {}, null))).toMatchObject({ value: { finish: "stop" } });
  });

  test("no body makes it throw", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (anything) => {
        expect(typeof parseChatReply(anything).ok).toBe("boolean");
        expect(typeof parseChatReply(body(anything)).ok).toBe("boolean");
      }),
    );
  });
});
