import { type ChatMessage, type ChatModel, type ChatRequest, ModelError, type Usage } from "@metamem/core";
import { type Fault, type FaultPlan, garbageBodies } from "./faults.ts";

export interface Answer {
  readonly text: string;
  readonly finish?: string;
  /** Null: the reply carries no usage, as some servers' do. */
  readonly usage?: Usage | null;
}

export interface ChatServerOptions {
  readonly answer: (request: ChatRequest) => Answer | Promise<Answer>;
  readonly faults?: FaultPlan;
  /** The listed models; null answers 404 to `/models`. Default: one named `test-model`. */
  readonly models?: readonly Record<string, unknown>[] | null;
  /** Answered to `/version` and `/info`; absent answers 404. */
  readonly version?: Record<string, unknown>;
  /** Answered to `/tokenize` and `/chat_tokenize`; absent answers 404. */
  readonly rendered?: (body: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** Asked first about every page; undefined leaves the page to the server. `read` gives the request's body. */
  readonly pages?: (path: string, read: () => Promise<string>) => Promise<Response | undefined>;
  /** Required as bearer token when given. */
  readonly key?: string;
  /** `reject` answers 400 to fields that OpenAI's API does not have. */
  readonly unknownFields?: "ignore" | "reject";
}

/** One chat request as it arrived. */
export interface SeenRequest {
  readonly episodeId: string;
  readonly callId: string;
  readonly attempt: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  /** The client closed the connection before it had the answer. */
  disconnected: boolean;
}

export interface ChatServer {
  /** For a model spec: `compatible:test-model@${url}`. */
  readonly url: string;
  /** All chat requests, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  requestsOf(callId: string): readonly SeenRequest[];
  close(): Promise<void>;
}

/** Answers from a chat model, e.g. the scripted one: its replies then travel over real HTTP. */
export function answersOf(model: ChatModel): ChatServerOptions["answer"] {
  return (request) => model.generate(request, new AbortController().signal);
}

/** A real HTTP server on the loopback interface that speaks the OpenAI chat protocol and misbehaves as planned. */
export function startChatServer(options: ChatServerOptions): ChatServer {
  const requests: SeenRequest[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: (request) => route(request, options, requests),
    error: (error) => openAiError(500, `the test server failed: ${error.message}`),
  });
  return {
    url: `${server.url.origin}/v1`,
    requests,
    requestsOf: (callId) => requests.filter((request) => request.callId === callId),
    close: () => server.stop(true),
  };
}

async function route(request: Request, options: ChatServerOptions, requests: SeenRequest[]): Promise<Response> {
  const { pathname } = new URL(request.url);
  const page = await options.pages?.(pathname, () => request.clone().text());
  if (page !== undefined) return page;
  if (pathname === "/version" || pathname === "/info") {
    return options.version === undefined ? openAiError(404, "Not Found") : Response.json(options.version);
  }
  if (pathname === "/tokenize" || pathname === "/chat_tokenize") {
    if (options.rendered === undefined) return openAiError(404, "Not Found");
    return Response.json(options.rendered((await request.json()) as Record<string, unknown>));
  }
  if (options.key !== undefined && request.headers.get("authorization") !== `Bearer ${options.key}`) {
    return openAiError(401, "Unauthorized");
  }
  if (pathname === "/v1/models" && options.models !== null) {
    return Response.json({ object: "list", data: options.models ?? [{ id: "test-model", object: "model" }] });
  }
  if (pathname !== "/v1/chat/completions") return openAiError(404, "Not Found");
  const seen = await readRequest(request);
  requests.push(seen);
  request.signal.addEventListener("abort", () => {
    seen.disconnected = true;
  });
  const index = requests.length - 1;
  const fault = options.faults?.({ callId: seen.callId, attempt: seen.attempt, index }) ?? null;
  const refusal = refuse(seen, options);
  if (refusal !== null) return refusal;
  return fault === null ? complete(seen, options) : spoil(fault, seen, options);
}

async function readRequest(request: Request): Promise<SeenRequest> {
  const [episodeId = "", callId = "", attempt = "1"] = (request.headers.get("x-request-id") ?? "").split(":");
  const body = (await request.json()) as Record<string, unknown>;
  return { episodeId, callId, attempt: Number(attempt), headers: request.headers, body, disconnected: false };
}

const openAiFields = new Set([
  "model",
  "messages",
  "max_completion_tokens",
  "temperature",
  "seed",
  "stop",
  "top_p",
  "stream",
]);

function refuse({ body }: SeenRequest, options: ChatServerOptions): Response | null {
  const unknown = Object.keys(body).filter((field) => !openAiFields.has(field));
  if (options.unknownFields !== "reject" || unknown.length === 0) return null;
  return openAiError(400, `Unrecognized request argument supplied: ${unknown.join(", ")}`);
}

async function complete(
  seen: SeenRequest,
  options: ChatServerOptions,
  finish?: string,
  padding = 0,
): Promise<Response> {
  const { body } = seen;
  try {
    const answer = await options.answer(chatRequest(seen));
    return Response.json({
      id: `chatcmpl-${seen.callId}`,
      object: "chat.completion",
      model: body.model,
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: answer.text },
          finish_reason: finish ?? answer.finish ?? "stop",
        },
      ],
      ...(answer.usage ? { usage: wireUsage(answer.usage) } : {}),
      ...(padding > 0 ? { padding: "x".repeat(padding) } : {}),
    });
  } catch (error) {
    if (!(error instanceof ModelError) || error.code !== "model.context_overflow") throw error;
    return openAiError(400, "This model's maximum context length is 100 tokens. However, you requested more.");
  }
}

function chatRequest({ episodeId, callId, body }: SeenRequest): ChatRequest {
  return {
    episodeId,
    callId,
    messages: body.messages as readonly ChatMessage[],
    sampling: {
      temperature: Number(body.temperature),
      maxTokens: Number(body.max_tokens ?? body.max_completion_tokens),
      seed: Number(body.seed),
    },
  };
}

function wireUsage({ prompt, output, cached }: Usage): Record<string, unknown> {
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: cached === null ? null : { cached_tokens: cached },
  };
}

async function spoil(fault: Fault, seen: SeenRequest, options: ChatServerOptions): Promise<Response> {
  switch (fault.kind) {
    case "status":
      return openAiError(fault.status, fault.error ?? `injected ${fault.status}`, fault.headers);
    case "silence":
      return new Promise(() => {});
    case "slow":
      await Bun.sleep(fault.ms);
      return complete(seen, options);
    case "reset":
      return new Response(brokenOff('{"choices":[{"mess'), { headers: { "content-type": "application/json" } });
    case "garbage": {
      const [type, body] = garbageBodies[fault.body];
      return new Response(body, { headers: { "content-type": type } });
    }
    case "finish":
      return complete(seen, options, fault.reason);
    case "oversized":
      return complete(seen, options, undefined, fault.bytes);
  }
}

/** A body that sends `start` and then closes the connection without an end. */
function brokenOff(start: string): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (!sent) controller.enqueue(new TextEncoder().encode(start));
      else {
        await Bun.sleep(5);
        controller.error();
      }
      sent = true;
    },
  });
}

function openAiError(status: number, error: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const body = typeof error === "string" ? { error: { message: error, type: "injected", code: status } } : error;
  return Response.json(body, { status, headers });
}
