import { type ChatRequest, createModel, replicaOrder } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { completion, ModelServer, type Seen } from "../servers/model-server.ts";
import { virtualClock } from "../servers/virtual-clock.ts";
import { rejection } from "./chat-model.ts";

const signal = new AbortController().signal;

function request(episodeId: string): ChatRequest {
  const sampling = { temperature: 1, maxTokens: 8, seed: 1 };
  return { callId: "0.log.0", episodeId, messages: [{ role: "user", content: "go" }], sampling };
}

function fine({ path }: Seen): Response | undefined {
  if (path === "/v1/chat/completions") return completion("fine");
  if (path === "/v1/models") return Response.json({ data: [{ id: "m", max_model_len: 1000 }] });
  if (path === "/tokenize") return Response.json({ tokens: [1, 2] });
  return path === "/version" ? Response.json({ version: "1" }) : undefined;
}

class Three implements AsyncDisposable {
  readonly servers = [new ModelServer(fine), new ModelServer(fine), new ModelServer(fine)] as const;

  get spec(): string {
    return `vllm:m@${this.servers.map(({ url }) => url).join(",")}`;
  }

  /** The servers in the order in which an episode tries them. */
  of(episode: string): readonly ModelServer[] {
    const order = replicaOrder(
      this.servers.map(({ url }) => url),
      episode,
    );
    return [...this.servers].sort((a, b) => order.indexOf(a.url) - order.indexOf(b.url));
  }

  async model() {
    return await createModel(this.spec, { variables: {}, clock: virtualClock() });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.servers) await server[Symbol.asyncDispose]();
  }
}

const chats = (server: ModelServer | undefined): number => server?.asked("/v1/chat/completions").length ?? 0;

describe("several servers of one model", () => {
  test("an episode stays with one; all get their share", async () => {
    await using three = new Three();
    const model = await three.model();
    for (let n = 0; n < 30; n++) for (let call = 0; call < 2; call++) await model.generate(request(`e${n}`), signal);
    expect(three.servers.map(chats).reduce((a, b) => a + b)).toBe(60);
    for (const server of three.servers) expect(chats(server)).toBeGreaterThan(0);
    for (const server of three.servers) expect(chats(server) % 2).toBe(0);
  });

  test("the context is the smallest, and all are asked", async () => {
    await using three = new Three();
    three.servers[2].answer = (seen) =>
      seen.path === "/v1/models" ? Response.json({ data: [{ id: "m", max_model_len: 600 }] }) : fine(seen);
    expect(await (await three.model()).open(signal)).toMatchObject({ contextTokens: 600, spec: three.spec });
  });

  test("one that is away does not keep a run from beginning; one with another template does", async () => {
    await using three = new Three();
    await three.servers[1][Symbol.asyncDispose]();
    expect(await (await three.model()).open(signal)).toMatchObject({ contextTokens: 1000 });
    three.servers[2].answer = (seen) => (seen.path === "/tokenize" ? Response.json({ tokens: [9] }) : fine(seen));
    expect(await rejection((await three.model()).open(signal))).toMatchObject({ code: "model.replicas_differ" });
  });

  test("a request that breaks one server is tried on another, and the next call comes home", async () => {
    await using three = new Three();
    const [home, second] = three.of("e");
    if (home === undefined) throw new Error("no server");
    home.answer = () => Response.json({ error: { message: "broke" } }, { status: 500 });
    const model = await three.model();
    const reply = await model.generate(request("e"), signal);
    expect(reply.failedAttempts.map(({ code }) => code)).toEqual(["model.server_error"]);
    expect([chats(home), chats(second)]).toEqual([1, 1]);
    home.answer = fine;
    expect((await model.generate(request("e"), signal)).failedAttempts).toEqual([]);
    expect([chats(home), chats(second)]).toEqual([2, 1]);
  });

  test("one that went away is left alone by all its episodes", async () => {
    await using three = new Three();
    const [home, second] = three.of("e");
    await home?.[Symbol.asyncDispose]();
    const model = await three.model();
    expect((await model.generate(request("e"), signal)).failedAttempts).toHaveLength(1);
    expect((await model.generate(request("e"), signal)).failedAttempts).toHaveLength(0);
    expect(chats(second)).toBe(2);
  });

  test("an address twice is refused", async () => {
    const error = await rejection(createModel("vllm:m@http://a/v1,http://a/v1/"));
    expect(error).toMatchObject({ code: "usage.model_spec" });
  });
});

describe("a model that the server has forgotten", () => {
  async function forgetful(restores: boolean) {
    const server = new ModelServer(() => Response.json({ error: { message: "no such model" } }, { status: 404 }));
    const asked: string[] = [];
    const restoreModel = async (url: string): Promise<boolean> => {
      asked.push(url);
      if (restores) server.answer = fine;
      return restores;
    };
    const model = await createModel(`vllm:m@${server.url}`, { variables: {}, clock: virtualClock(), restoreModel });
    return { server, asked, model };
  }

  test("is put back once, and the call goes on", async () => {
    const { server, asked, model } = await forgetful(true);
    await using _server = server;
    expect((await model.generate(request("e"), signal)).text).toBe("fine");
    expect(asked).toEqual([server.url]);
  });

  test("and cannot be put back: the call fails at once", async () => {
    const { server, asked, model } = await forgetful(false);
    await using _server = server;
    expect(await rejection(model.generate(request("e"), signal))).toMatchObject({ code: "model.not_found" });
    expect(asked).toHaveLength(1);
  });
});
