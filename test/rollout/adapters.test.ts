import { cpSync, readFileSync } from "node:fs";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type Finished, towerArgs, Workplace } from "../e2e/command-line.ts";
import { player } from "../games/tower-player.ts";
import { LoraServer, makeAdapter } from "../servers/lora-server.ts";
import { problem } from "../servers/loras.ts";
import { completion, ModelServer } from "../servers/model-server.ts";
import { expectTidy, printedContent } from "./rollout-place.ts";

/** Adapters by name: servers are told of them before play, and again when they forget them in the middle. */

const place = new Workplace();
const name = "run7-v0042";
const folder = place.in("adapters", name);
makeAdapter(folder);
const servers = [newServer(), newServer()] as const;

afterAll(async () => {
  place[Symbol.dispose]();
  for (const server of servers) await server[Symbol.asyncDispose]();
});

beforeEach(() => {
  for (const server of servers) {
    server.loras.known.clear();
    server.loras.loads.length = 0;
    server.answered.length = 0;
    server.refused = 0;
    server.onRequest = () => {};
  }
});

function newServer(): LoraServer {
  const usage = { prompt: 100, cached: 60, output: 10, exact: true };
  return new LoraServer(({ messages }) => ({ text: player.reply(messages, 0), usage }));
}

const model = `vllm:${name}@${servers.map(({ url }) => url).join(",")}`;

function args(out: string, ...more: readonly string[]): string[] {
  const what = ["--worlds", "seeds:0-5", ...towerArgs, "--max-steps", "30", "--model", model];
  return ["rollout", ...what, "--adapter", `${name}=${folder}`, "--out", out, "--json", "--quiet", ...more];
}

function answered(): string[] {
  return servers.flatMap((server) => server.answered);
}

/** All servers forget all adapters once, when so many calls were answered. */
function forgetAfter(calls: number): void {
  let forgotten = false;
  for (const server of servers) {
    server.onRequest = () => {
      if (forgotten || answered().length < calls) return;
      forgotten = true;
      for (const { loras } of servers) loras.known.clear();
    };
  }
}

/** The run is whole, no answered call was asked again, and each server was told once before play and once after it forgot. */
function expectWhole(run: Finished, undisturbed: Finished): void {
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(printedContent(run.stdout)).toEqual(printedContent(undisturbed.stdout));
  expect(new Set(answered()).size).toBe(answered().length);
  expect(servers.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(0);
  for (const { loras, refused } of servers) expect(loras.loads).toHaveLength(refused > 0 ? 2 : 1);
}

describe("servers that forget the adapter in the middle of a run", () => {
  test.each([
    ["this process", ["--concurrency", "4"]],
    ["shards", ["--concurrency", "4", "--shards", "2"]],
  ])("are told of it again, by %s: nothing is lost or asked twice", async (_where, how) => {
    const out = `forgotten-${how.length}`;
    const undisturbed = await place.run(args(`${out}-not`, ...how));
    expect(undisturbed).toMatchObject({ exitCode: 0 });
    const calls = answered().length;
    for (const server of servers) server.answered.length = 0;
    forgetAfter(Math.floor(calls / 3));
    const run = await place.run(args(out, ...how));
    expect(answered()).toHaveLength(calls);
    // What they knew from the run before was not loaded again.
    expectWhole(run, undisturbed);
    expectTidy(place, out);
  });

  test("in an episode", async () => {
    forgetAfter(20);
    const what = ["--seed", "1", "--max-steps", "30", "--model", model, "--adapter", `${name}=${folder}`];
    const run = await place.run(["episode", ...towerArgs, ...what, "--out", "episode", "--json", "--quiet"]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(JSON.parse(run.stdout)).toMatchObject({ status: "finished", operational: { retries: 0 } });
    expect(new Set(answered()).size).toBe(answered().length);
  });
});

describe("what a run was played with", () => {
  test("is recorded and told to servers by a resume; another adapter under the name is refused before they hear of it", async () => {
    const stopped = await place.run(args("stopped", "--max-tokens", "5500", "--concurrency", "4"));
    expect(stopped.exitCode).toBe(130);
    const [recorded] = recordIn("stopped");
    expect(recorded).toMatchObject([name, { folder, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    for (const { loras } of servers) loras.known.clear();

    makeAdapter(place.in("other"), "other weights");
    const resume = ["rollout", "--resume", "stopped", ...towerArgs, "--json", "--quiet", "--max-tokens", "1000000"];
    const other = await place.run([...resume, "--adapter", `${name}=${place.in("other")}`]);
    expect(other.exitCode).toBe(1);
    expect(JSON.parse(other.stdout)).toMatchObject({ code: "trace.other_adapter" });
    for (const { loras } of servers) expect(loras.known.size).toBe(0);

    cpSync(folder, place.in("moved"), { recursive: true });
    const moved = await place.run([...resume, "--adapter", `${name}=${place.in("moved")}`, "--max-tokens", "11000"]);
    expect(moved.exitCode).toBe(130);
    for (const { loras } of servers) expect(loras.known.get(name)).toBe(place.in("moved"));
    for (const { loras } of servers) loras.known.clear();
    expect(await place.run(resume)).toMatchObject({ exitCode: 0 });
    for (const { loras } of servers) expect(loras.known.get(name)).toBe(place.in("moved"));
    expect(new Set(answered()).size).toBe(answered().length);
    expect(recordIn("stopped")).toEqual([[name, { ...recorded?.[1], folder: place.in("moved") }]]);
  });

  test("an episode's too", async () => {
    const what = ["--seed", "1", "--max-steps", "30", "--model", model, "--adapter", `${name}=${folder}`];
    for (const server of servers) server.onRequest = () => dieAfter(20);
    const begun = await place.run(["episode", ...towerArgs, ...what, "--out", "broken", "--json", "--quiet"]);
    expect(begun.exitCode).toBe(4);
    for (const server of servers) {
      server.onRequest = () => {};
      server.loras.known.clear();
      server.loras.refuse = null;
    }
    const resumed = await place.run(["episode", "--resume", "broken", ...towerArgs, "--json", "--quiet"]);
    expect(resumed).toMatchObject({ exitCode: 0 });
    expect(new Set(answered()).size).toBe(answered().length);
    expect(recordIn("broken")).toHaveLength(1);
  });
});

/** From then on the adapter is neither there nor taken. */
function dieAfter(calls: number): void {
  if (answered().length < calls) return;
  for (const { loras } of servers) {
    loras.known.clear();
    loras.refuse = () => problem(400, "BadRequestError", "no room");
  }
}

function recordIn(out: string): [string, { readonly folder: string; readonly hash: string }][] {
  const { adapters } = JSON.parse(readFileSync(place.in(out, "adapters.json"), "utf8"));
  return Object.entries(adapters);
}

describe("what cannot work fails before anything is written", () => {
  test.each([
    ["no folder of an adapter", ["--adapter", `${name}=./nowhere`], "adapter_config.json"],
    ["a name that no model has", ["--adapter", `x=${folder}`], "adapter x"],
    ["a preset that takes none", ["--model", model.replace("vllm:", "compatible:")], "preset compatible"],
  ])("%s", async (_what, more, said) => {
    const run = await place.run(args("unusable", ...more));
    expect(run.exitCode).toBe(2);
    expect(run.stderr.trim().split("\n")).toHaveLength(1);
    expect(run.stderr).toContain(said);
    expect(place.entries()).not.toContain("unusable");
    for (const { loras } of servers) expect(loras.loads).toEqual([]);
  });

  test("a server that refuses the adapter", async () => {
    servers[1].loras.refuse = () => problem(500, "InternalServerError", "rank 8 is too large");
    const run = await place.run(args("unusable"));
    servers[1].loras.refuse = null;
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain("rank 8 is too large");
    expect(place.entries()).not.toContain("unusable");
  });

  test("a TGI that takes the name for its base model, while one that has the adapter is played", async () => {
    const knows = new Set<string>();
    await using tgi = new ModelServer(({ path, body }) => {
      if (path === "/v1/models") return Response.json({ data: [{ id: "org/base" }] });
      if (path !== "/v1/chat/completions") return undefined;
      const { model: asked, messages } = body as {
        model: string;
        messages: readonly { role: "user"; content: string }[];
      };
      const other = knows.has(asked) ? ", says the adapter" : "";
      return completion(messages.length === 1 ? `One, two${other}` : player.reply(messages, 0));
    });
    const more = ["--model", `tgi:${name}@${tgi.url}`, "--max-steps", "3"];
    const refused = await place.run(args("static", ...more));
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toContain("as its base model does");
    expect(place.entries()).not.toContain("static");
    knows.add(name);
    expect(await place.run(args("static", ...more))).toMatchObject({ exitCode: 0 });
    expect(tgi.asked("/v1/load_lora_adapter")).toEqual([]);
    expect(recordIn("static")).toHaveLength(1);
  });
});
