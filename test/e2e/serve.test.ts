import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { makeAdapter } from "../servers/lora-server.ts";
import { ModelServer } from "../servers/model-server.ts";
import { Workplace } from "./command-line.ts";

const place = new Workplace();
afterAll(() => place[Symbol.dispose]());

describe("metamem serve", () => {
  test("TGI: the command lines of replicas, GPUs shared out, and a start that fails says why", async () => {
    const what = ["serve", "tgi", "--model", "org/model", "--gpus", "0,1,2,3", "--replicas", "2"];
    const dry = await place.run([...what, "--adapter", "one=./a", "--dry-run", "--", "--quantize", "eetq"]);
    expect(dry.exitCode).toBe(0);
    const lines = dry.stderr.trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`LORA_ADAPTERS=one=${place.in("a")} CUDA_VISIBLE_DEVICES=0,1 text-generation-launcher`);
    expect(lines[1]).toMatch(/CUDA_VISIBLE_DEVICES=2,3 .* --port 8001 --num-shard 2 --quantize eetq$/);
    const real = await place.run(["serve", "tgi", "--model", "org/model", "--port", "0", "--json"]);
    expect(real.exitCode).toBe(3);
    expect(JSON.parse(real.stdout)).toMatchObject({ schema: "metamem.error/1", code: "setup.server" });
    expect(real.stderr).toContain("text-generation-launcher");
  });

  test("vLLM on GPUs is the one on PATH, never our environment for CPUs", async () => {
    const what = ["serve", "vllm", "--model", "org/model", "--gpus", "0,1", "--dry-run"];
    const { exitCode, stderr } = await place.run(what, { METAMEM_SIDECAR: place.path });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/CUDA_VISIBLE_DEVICES=0,1 vllm serve org\/model .* --tensor-parallel-size 2$/m);
    expect(stderr).not.toContain("--enforce-eager");
  });

  test.each([
    [["serve", "nothing"], "neither"],
    [["serve", "vllm"], "--model"],
    [["serve", "vllm", "--model", "x", "--tiny"], "--model"],
    [["serve", "tgi", "--model", "x", "--gpus", "0,1,2", "--replicas", "2"], "--gpus"],
    [["serve", "tgi", "--model", "x", "--adapter", "nameless"], "name=folder"],
    [["serve", "vllm", "--model", "x", "--gpus", "0", "--adapter", "one=./nowhere"], "adapter_config.json"],
    [["serve", "tgi", "--model", "x", "--port", "65536", "--dry-run"], "65535"],
    [["serve", "tgi", "--model", "x", "--port", "65535", "--replicas", "2", "--dry-run"], "no ports for 2 replicas"],
    [["serve", "attach"], "addresses"],
    [["serve", "attach", "gpu-1:8000"], "http://"],
  ])("wrong usage is one line: %j", async (args, said) => {
    const { exitCode, stderr } = await place.run([...args]);
    expect(exitCode).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(said);
  });

  test("a port on which something listens is refused: its answers are not ours", async () => {
    using other = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("healthy") });
    const taken = await place.run(["serve", "tgi", "--model", "x", "--port", String(other.port)]);
    expect(taken).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`port ${other.port} of 127.0.0.1 is in use`),
    });
    expect(taken.stderr).not.toContain("ready");
  });

  test("an environment without Python programs is refused by its name", async () => {
    const { exitCode, stderr } = await place.run(["serve", "vllm", "--tiny"], { METAMEM_SIDECAR: place.path });
    expect(exitCode).toBe(3);
    expect(stderr).toContain("METAMEM_SIDECAR");
  });

  test("a folder of adapters is served as it is by then, also when a lost server is started again", async () => {
    const root = place.in("adapters");
    makeAdapter(place.in("adapters", "run-v0001"));
    makeAdapter(place.in("named"));
    mkdirSync(place.in("adapters", "no-adapter"));
    const what = ["serve", "vllm", "--model", "org/model", "--gpus", "0", "--port", "0", "--json"];
    const adapters = ["--adapter-root", "adapters", "--adapter", `named=${place.in("named")}`];
    const child = place.start([...what, ...adapters], fakeVllm());
    const startedAgain = textUntil(child.stderr, /ready.*ready/s);
    const { servers } = JSON.parse(await textUntil(child.stdout, /\n/)) as {
      servers: readonly { pid: number; command: string }[];
    };
    expect(servers[0]?.command).toContain(` --lora-modules run-v0001=${root}/run-v0001 named=${place.in("named")}`);
    makeAdapter(place.in("adapters", "run-v0002"));
    makeAdapter(place.in("adapters", "bad"), "", { use_dora: true });
    process.kill(servers[0]?.pid ?? 0, "SIGKILL");
    const said = await startedAgain;
    const lines = readFileSync(place.in("vllm-lines.txt"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).not.toContain("run-v0002");
    expect(lines[1]).toContain(`run-v0001=${root}/run-v0001 run-v0002=${root}/run-v0002 named=`);
    expect(lines[1]).not.toContain("bad");
    expect(said).toMatch(/left out: the adapter in \S+\/bad uses DoRA/);
    child.kill("SIGINT");
    expect(await child.exited).toBe(130);
    // At a first start it is the user's to decide about.
    expect(await place.run([...what, ...adapters], fakeVllm())).toMatchObject({ exitCode: 2 });
  });

  test("attach: what runs there, its models, its queue", async () => {
    const pages: Readonly<Record<string, () => Response>> = {
      "/v1/models": () =>
        Response.json({
          data: [
            { id: "base", max_model_len: 900 },
            { id: "a-v0001", parent: "base" },
          ],
        }),
      "/version": () => Response.json({ version: "0.32.0" }),
      "/metrics": () => new Response("vllm:num_requests_running 3\nvllm:num_requests_waiting 1\n"),
    };
    await using server = new ModelServer(({ path }) => pages[path]?.());
    const shown = await place.run(["serve", "attach", server.url]);
    expect(shown.stdout).toContain(`${server.url}: vllm 0.32.0, adapters: runtime, 3 running, 1 waiting`);
    expect(shown.stdout).toContain(`\n  --model vllm:a-v0001@${server.url} (context 900)`);
    const { exitCode, stdout } = await place.run(["serve", "attach", server.url, "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "metamem.serve-attach/1",
      servers: [{ url: server.url, backend: "vllm", metrics: { running: 3, waiting: 1, prefixHits: null } }],
    });
  });

  test("attach to nothing is the model's error", async () => {
    const { exitCode, stderr } = await place.run(["serve", "attach", "http://127.0.0.1:9/v1"]);
    expect(exitCode).toBe(4);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

/** A `vllm` that notes its command line and answers that it is well. */
function fakeVllm(): Record<string, string> {
  const bin = place.in("bin");
  mkdirSync(bin, { recursive: true });
  const code = `const port = Number(process.argv[process.argv.indexOf("--port") + 1]);
    Bun.serve({ port, hostname: "127.0.0.1", fetch: () => new Response() });`;
  writeFileSync(place.in("bin", "server.ts"), code);
  const script = `#!/bin/sh
echo "$*" >> ${place.in("vllm-lines.txt")}
exec ${process.execPath} ${place.in("bin", "server.ts")} "$@"
`;
  writeFileSync(place.in("bin", "vllm"), script);
  chmodSync(place.in("bin", "vllm"), 0o755);
  return { PATH: `${bin}:${process.env.PATH ?? ""}` };
}

/** What is written until that is to be found in it. Everything is read to the end, so that the writer is never held up. */
async function textUntil(stream: ReadableStream<Uint8Array>, sought: RegExp): Promise<string> {
  const found = Promise.withResolvers<string>();
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    let text = "";
    for await (const part of stream) {
      text += decoder.decode(part, { stream: true });
      if (sought.test(text)) found.resolve(text);
    }
    found.resolve(text);
  };
  void read();
  return await found.promise;
}
