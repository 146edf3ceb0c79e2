import { existsSync } from "node:fs";
import { join } from "node:path";
import { AdapterClient, AdapterStore } from "@metamem/loops";
import { afterAll, describe, expect, test } from "vitest";
import { Workplace } from "../e2e/command-line.ts";
import { makeAdapter } from "../servers/lora-server.ts";
import { Loras, problem } from "../servers/loras.ts";
import { ModelServer } from "../servers/model-server.ts";
import { rejection } from "./chat-model.ts";

const signal = new AbortController().signal;
const place = new Workplace();
afterAll(() => place[Symbol.dispose]());

class LoraReplica extends Loras implements AsyncDisposable {
  readonly server = new ModelServer(({ path, body }) => this.answer(path, body));

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

let folders = 0;

function adapter(config: Readonly<Record<string, unknown>> = {}): string {
  folders += 1;
  const folder = place.in(`source-${folders}`);
  makeAdapter(folder, "weights", config);
  return folder;
}

function storeOn(servers: readonly LoraReplica[]): AdapterStore {
  folders += 1;
  const urls = servers.map(({ server }) => server.url);
  return new AdapterStore({ root: place.in(`adapters-${folders}`), urls, key: "sesame", maxRank: 16 });
}

describe("publish", () => {
  test("a copy under its own name, on every replica, with the key", async () => {
    await using one = new LoraReplica();
    await using two = new LoraReplica();
    const source = adapter();
    const { name, folder } = await storeOn([one, two]).publish(source, "run7", 42, signal);
    expect(name).toBe("run7-v0042");
    expect(folder).not.toBe(source);
    expect(existsSync(join(folder, "adapter_model.safetensors"))).toBe(true);
    for (const { known } of [one, two]) expect([...known]).toEqual([["run7-v0042", folder]]);
    const [request] = one.server.asked("/v1/load_lora_adapter");
    expect(request?.headers.get("authorization")).toBe("Bearer sesame");
    expect(request?.body).toEqual({ lora_name: name, lora_path: folder });
  });

  test("a replica that knows it already is fine", async () => {
    await using one = new LoraReplica();
    one.known.set("run-v0001", "/old");
    await storeOn([one]).publish(adapter(), "run", 1, signal);
  });

  test("when one replica refuses, none keeps it, and nothing stays on disk", async () => {
    await using one = new LoraReplica();
    await using two = new LoraReplica();
    two.refuse = () => problem(500, "InternalServerError", "rank 99 is\ntoo large");
    const store = storeOn([one, two]);
    const error = await rejection(store.publish(adapter(), "run", 1, signal));
    expect(error).toMatchObject({ code: "model.adapter_refused", retryable: true, data: { status: 500 } });
    expect((error as Error).message).toContain("rank 99 is too large");
    expect(one.known.size).toBe(0);
    expect(store.names).toEqual([]);
    two.refuse = null;
    await store.publish(adapter(), "run", 1, signal);
  });

  test("a server that was not started for it is told apart from a missing adapter", async () => {
    await using server = new ModelServer(() => undefined);
    const options = { root: place.in("plain"), urls: [server.url], key: null, maxRank: 16 };
    const error = await rejection(new AdapterStore(options).publish(adapter(), "run", 1, signal));
    expect((error as Error).message).toContain("VLLM_ALLOW_RUNTIME_LORA_UPDATING=1");
  });

  test.each([
    ["DoRA", { use_dora: true }, "DoRA"],
    ["saved modules", { modules_to_save: ["lm_head"] }, "modules_to_save"],
    ["a rank that is too large", { r: 64 }, "--max-rank"],
    ["no target modules", { target_modules: null }, "target_modules"],
  ])("what servers refuse is refused before: %s", async (_name, config, said) => {
    await using one = new LoraReplica();
    const error = await rejection(storeOn([one]).publish(adapter(config), "run", 1, signal));
    expect(error).toMatchObject({ code: "usage.adapter" });
    expect((error as Error).message).toContain(said);
    expect(one.server.seen).toHaveLength(0);
  });

  test.each([["Run"], ["a/b"], [""], ["../x"]])("the name %j is refused", async (run) => {
    await using one = new LoraReplica();
    expect(await rejection(storeOn([one]).publish(adapter(), run, 1, signal))).toMatchObject({ code: "usage.adapter" });
  });
});

describe("retire", () => {
  test("waits for those who use it, lets nobody begin, then removes it everywhere", async () => {
    await using one = new LoraReplica();
    const store = storeOn([one]);
    const { name, folder } = await store.publish(adapter(), "run", 1, signal);
    const use = store.use(name);
    const retired = store.retire(name, signal);
    await Bun.sleep(150);
    expect(one.known.has(name)).toBe(true);
    expect(() => store.use(name)).toThrow(/being retired/);
    use[Symbol.dispose]();
    use[Symbol.dispose]();
    await retired;
    expect(one.known.size).toBe(0);
    expect(existsSync(folder)).toBe(false);
    expect(store.names).toEqual([]);
  });

  test("a replica that has forgotten it is fine", async () => {
    await using one = new LoraReplica();
    const store = storeOn([one]);
    const { name } = await store.publish(adapter(), "run", 1, signal);
    one.known.clear();
    await store.retire(name, signal);
  });
});

describe("restore", () => {
  test("puts all published adapters on a replica that was started again", async () => {
    await using one = new LoraReplica();
    await using two = new LoraReplica();
    const store = storeOn([one, two]);
    await store.publish(adapter(), "run", 1, signal);
    await store.publish(adapter(), "run", 2, signal);
    two.known.clear();
    await store.restore(two.server.url, signal);
    expect([...two.known.keys()]).toEqual(["run-v0001", "run-v0002"]);
    expect(await store.restoreOne("run-v0001", two.server.url, signal)).toBe(true);
    expect(await store.restoreOne("other", two.server.url, signal)).toBe(false);
  });

  test("asked for by many at once, an adapter is loaded once; one who leaves takes nobody along", async () => {
    await using one = new LoraReplica();
    const client = new AdapterClient(one.server.url, null);
    const leaving = new AbortController();
    const asked = Array.from({ length: 5 }, () => client.ensure({ name: "run-v0001", folder: "/a" }, signal));
    const left = rejection(client.ensure({ name: "run-v0001", folder: "/a" }, leaving.signal));
    leaving.abort(new Error("left"));
    expect(String(await left)).toContain("left");
    await Promise.all(asked);
    await client.ensure({ name: "run-v0001", folder: "/a" }, signal);
    expect(one.server.asked("/v1/load_lora_adapter")).toHaveLength(1);
  });
});
