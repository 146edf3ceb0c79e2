/** What one request looked like. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Answer = (request: Seen) => Response | Promise<Response> | undefined;

/** A real HTTP server on the loopback interface that remembers what it was asked; `answer` decides, and what it leaves out is 404. */
export class ModelServer implements AsyncDisposable {
  readonly seen: Seen[] = [];
  answer: Answer;
  private readonly server;

  constructor(answer: Answer) {
    this.answer = answer;
    this.server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      idleTimeout: 0,
      fetch: async (request) => {
        const text = await request.text();
        const path = new URL(request.url).pathname;
        const seen = {
          method: request.method,
          path,
          headers: request.headers,
          body: text === "" ? null : parsed(text),
        };
        this.seen.push(seen);
        return (await this.answer(seen)) ?? Response.json({ detail: "Not Found" }, { status: 404 });
      },
    });
  }

  /** Address without a path. */
  get root(): string {
    return this.server.url.origin;
  }

  /** Address of the API. */
  get url(): string {
    return `${this.root}/v1`;
  }

  asked(path: string): readonly Seen[] {
    return this.seen.filter((request) => request.path === path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop(true);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A chat completion as every server sends it. */
export function completion(text: string, more: Readonly<Record<string, unknown>> = {}): Response {
  const choice = { index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" };
  return Response.json({ id: "chatcmpl-1", object: "chat.completion", model: "m", choices: [choice], ...more });
}
