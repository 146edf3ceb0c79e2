import { type CallLimits, type ChatRequest, createModel, type Reply } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";
import { type ChatServer, type ChatServerOptions, startChatServer } from "../servers/chat-server.ts";
import {
  always,
  type Fault,
  type FaultPlan,
  type GarbageName,
  garbageBodies,
  inOrder,
  seeded,
} from "../servers/faults.ts";
import { type VirtualClock, virtualClock } from "../servers/virtual-clock.ts";
import { rejection } from "./chat-model.ts";

const servers: ChatServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Played {
  readonly server: ChatServer;
  readonly clock: VirtualClock;
  generate(signal?: AbortSignal): Promise<Reply>;
}

function request(callId = "3.log.0"): ChatRequest {
  const sampling = { temperature: 1, maxTokens: 50, seed: 7 };
  return { callId, episodeId: "e1", messages: [{ role: "user", content: "go" }], sampling };
}

async function against(
  faults: FaultPlan,
  limits: Partial<CallLimits> = {},
  more: Partial<ChatServerOptions> = {},
): Promise<Played> {
  const server = startChatServer({ answer: () => ({ text: "fine" }), faults, ...more });
  servers.push(server);
  const clock = virtualClock();
  const model = await createModel(`compatible:test-model@${server.url}`, { variables: {}, clock, limits });
  const generate = (signal = new AbortController().signal): Promise<Reply> => model.generate(request(), signal);
  return { server, clock, generate };
}

function status(code: number, headers: Record<string, string> = {}): Fault {
  return { kind: "status", status: code, headers };
}

/** Each row: fault, code, how often the table retries it. */
const table: readonly (readonly [string, Fault, string, number])[] = [
  ["408", status(408), "model.overloaded", 40],
  ["409", status(409), "model.overloaded", 40],
  ["429", status(429), "model.overloaded", 40],
  ["503", status(503), "model.overloaded", 40],
  ["500", status(500), "model.server_error", 2],
  ["502", status(502), "model.server_error", 2],
  ["504", status(504), "model.server_error", 2],
  ["424 (TGI's failed generation)", status(424), "model.server_error", 2],
  ["a broken connection", { kind: "reset" }, "model.unreachable", 20],
  ["finish reason abort", { kind: "finish", reason: "abort" }, "model.stopped", 5],
  ["finish reason error", { kind: "finish", reason: "error" }, "model.stopped", 5],
  ["a body over the bound", { kind: "oversized", bytes: 20_000 }, "model.reply_too_large", 3],
  ...(Object.keys(garbageBodies) as GarbageName[]).map(
    (body) => [`garbage: ${body}`, { kind: "garbage", body }, "model.bad_reply", 3] as const,
  ),
];

describe("what is retryable", () => {
  test.each(table)("%s once: the call survives", async (_name, fault, code) => {
    const { generate, server, clock } = await against(inOrder(fault), { maxBodyBytes: 10_000 });
    const reply = await generate();
    expect(reply.text).toBe("fine");
    expect(reply.failedAttempts).toEqual([
      { code, status: fault.kind === "status" ? fault.status : null, waitedMs: clock.waits[0] },
    ]);
    expect(server.requestsOf("3.log.0").map((seen) => seen.attempt)).toEqual([1, 2]);
  });

  test.each(table)("%s for ever: given up after a bounded number of attempts", async (_name, fault, code, retries) => {
    const { generate, server, clock } = await against(always(fault), { maxBodyBytes: 10_000 });
    const error = await rejection(generate());
    expect(error).toMatchObject({ name: "ModelError", code, retryable: true, exitCode: 4 });
    expect((error as Error).message).toContain(`after ${retries + 1} attempts`);
    expect(server.requests.length).toBe(retries + 1);
    expect(clock.waits.length).toBe(retries);
    expect((error as { data: Record<string, unknown> }).data.failedAttempts).toHaveLength(retries + 1);
  });

  test("waits grow, with jitter, to the row's longest", async () => {
    const { generate, clock } = await against(always(status(503)));
    await rejection(generate());
    for (const [n, wait] of clock.waits.entries()) {
      const full = Math.min(1000 * 2 ** n, 30_000);
      expect(wait).toBeGreaterThanOrEqual(full / 2);
      expect(wait).toBeLessThanOrEqual(full);
    }
    expect(new Set(clock.waits).size).toBeGreaterThan(10);
  });

  test("different faults are counted apart", async () => {
    const mixed = [
      status(500),
      status(503),
      status(500),
      { kind: "reset" },
      { kind: "garbage", body: "html" },
    ] as const;
    const { generate } = await against(inOrder(...mixed));
    expect((await generate()).failedAttempts.map((failed) => failed.code)).toEqual([
      "model.server_error",
      "model.overloaded",
      "model.server_error",
      "model.unreachable",
      "model.bad_reply",
    ]);
  });

  test("an episode's worth of calls survives a third of its attempts being spoilt", async () => {
    const faults = [
      status(429, { "retry-after": "1" }),
      status(500),
      status(503),
      { kind: "reset" },
      { kind: "garbage", body: "truncated" },
    ] as const;
    const server = startChatServer({ answer: ({ callId }) => ({ text: callId }), faults: seeded(5, 0.33, 2, faults) });
    servers.push(server);
    const model = await createModel(`compatible:test-model@${server.url}`, { variables: {}, clock: virtualClock() });
    let failed = 0;
    for (let step = 0; step < 100; step++) {
      const reply = await model.generate(request(`${step}.log.0`), new AbortController().signal);
      expect(reply.text).toBe(`${step}.log.0`);
      failed += reply.failedAttempts.length;
    }
    expect(failed).toBeGreaterThan(20);
    expect(server.requests.length).toBe(100 + failed);
  });
});

describe("retry-after", () => {
  test.each([
    ["seconds", { "retry-after": "7" }, 7000],
    ["a fraction of a second", { "retry-after": "0.25" }, 250],
    ["milliseconds", { "retry-after-ms": "1500", "retry-after": "9" }, 1500],
    ["a date", { "retry-after": new Date(Date.UTC(2026, 0, 1, 0, 0, 20)).toUTCString() }, 20_000],
    ["more than is reasonable", { "retry-after": "86400" }, 120_000],
  ])("%s", async (_name, headers, expected) => {
    const { generate, clock } = await against(inOrder(status(429, headers)));
    await generate();
    expect(clock.waits[0]).toBeGreaterThanOrEqual(expected);
    expect(clock.waits[0]).toBeLessThanOrEqual(expected + 500);
  });

  test.each([
    { "retry-after": "soon" },
    { "retry-after": "0" },
    { "retry-after": "-5" },
    { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" },
  ])("nonsense and the past fall back to the back-off: %j", async (headers) => {
    const { generate, clock } = await against(inOrder(status(503, headers)));
    await generate();
    expect(clock.waits[0]).toBeGreaterThanOrEqual(500);
    expect(clock.waits[0]).toBeLessThanOrEqual(1000);
  });
});

describe("what is not retryable", () => {
  test.each([
    [400, "model.bad_request"],
    [401, "model.unauthorized"],
    [402, "model.quota"],
    [403, "model.unauthorized"],
    [404, "model.not_found"],
    [413, "model.bad_request"],
    [422, "model.bad_request"],
    [501, "model.not_supported"],
  ])("status %i is asked once", async (code, expected) => {
    const { generate, server } = await against(always(status(code)));
    const error = await rejection(generate());
    expect(error).toMatchObject({ code: expected, retryable: false, data: { status: code } });
    expect((error as Error).message).not.toContain("\n");
    expect((error as Error).message).toContain(server.url);
    expect(server.requests.length).toBe(1);
  });

  test("a redirect is not followed, prompt and key stay here", async () => {
    const elsewhere = startChatServer({ answer: () => ({ text: "stolen" }) });
    servers.push(elsewhere);
    const location = `${elsewhere.url}/chat/completions`;
    const { generate } = await against(always(status(307, { location })));
    expect(await rejection(generate())).toMatchObject({ code: "model.redirected", retryable: false });
    expect(elsewhere.requests.length).toBe(0);
  });

  test.each([
    [429, { error: { message: "You exceeded your quota", code: "insufficient_quota" } }, "model.quota"],
    [
      400,
      { error: { message: "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens" } },
      "model.context_overflow",
    ],
    [400, { error: { message: "Too long", code: "context_length_exceeded" } }, "model.context_overflow"],
    [400, { object: "error", message: "max_tokens must be at least 1, got -186." }, "model.context_overflow"],
    [
      400,
      { error: { message: "You passed 2000 input tokens. However, the model's context length is only 2048 tokens" } },
      "model.context_overflow",
    ],
    [
      422,
      {
        error: "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000",
        error_type: "validation",
      },
      "model.context_overflow",
    ],
    [
      400,
      {
        error: {
          message: "the request exceeds the available context size, try increasing it",
          type: "exceed_context_size_error",
        },
      },
      "model.context_overflow",
    ],
    [
      400,
      { error: { message: "The input (9000 tokens) is longer than the model's context length (8192 tokens)." } },
      "model.context_overflow",
    ],
    [422, { error: { message: "temperature must be positive" } }, "model.bad_request"],
  ])("%i with %j", async (code, error, expected) => {
    const { generate, server } = await against(always({ kind: "status", status: code, error }));
    expect(await rejection(generate())).toMatchObject({ code: expected, retryable: false });
    expect(server.requests.length).toBe(1);
  });
});

describe("deadlines", () => {
  test("a silent server is given up at the attempt's deadline, and its connection closed", async () => {
    const { generate, server } = await against(always({ kind: "silence" }), { attemptMs: 200 });
    const error = await rejection(generate());
    expect(error).toMatchObject({ code: "model.timeout", retryable: true });
    expect((error as Error).message).toContain("after 3 attempts");
    expect(server.requests.length).toBeGreaterThan(0);
    await until(() => server.requests.every((seen) => seen.disconnected));
  });

  test("a time-out once: the call survives", async () => {
    const { generate } = await against(inOrder({ kind: "silence" }), { attemptMs: 1000 });
    const reply = await generate();
    expect(reply.text).toBe("fine");
    expect(reply.failedAttempts[0]).toMatchObject({ code: "model.timeout", status: null });
  });

  test("a slow answer within the deadline is no failure", async () => {
    const { generate } = await against(inOrder({ kind: "slow", ms: 100 }), { attemptMs: 20_000 });
    expect((await generate()).failedAttempts).toEqual([]);
  });

  test("the total deadline bounds retries and waits together", async () => {
    const { generate, clock } = await against(always(status(503)), { totalMs: 10_000 });
    expect(await rejection(generate())).toMatchObject({ code: "model.overloaded" });
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(10_000);
  });

  test("a server that asks for more time than is left is given up at once", async () => {
    const { generate, clock } = await against(always(status(429, { "retry-after": "60" })), { totalMs: 10_000 });
    expect(await rejection(generate())).toMatchObject({ code: "model.overloaded" });
    expect(clock.waits).toEqual([]);
  });
});

describe("aborting", () => {
  test("during a request: rejects with the reason and closes the connection", async () => {
    const { generate, server, clock } = await against(always({ kind: "silence" }));
    const abort = new AbortController();
    const answer = rejection(generate(abort.signal));
    await until(() => server.requests.length === 1);
    const reason = new Error("Ctrl-C");
    abort.abort(reason);
    expect(await answer).toBe(reason);
    await until(() => server.requests[0]?.disconnected === true);
    expect(clock.waits).toEqual([]);
  });

  test("during a wait: rejects at once", async () => {
    const server = startChatServer({
      answer: () => ({ text: "fine" }),
      faults: always(status(429, { "retry-after": "100" })),
    });
    servers.push(server);
    const model = await createModel(`compatible:test-model@${server.url}`, { variables: {} });
    const abort = new AbortController();
    const answer = rejection(model.generate(request(), abort.signal));
    await until(() => server.requests.length === 1);
    abort.abort("stop");
    expect(await answer).toBe("stop");
    expect(server.requests.length).toBe(1);
  });
});

/** Waits for something another party does; the test's own time limit ends it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Bun.sleep(5);
}
