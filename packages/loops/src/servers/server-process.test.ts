import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { freePort, ServerPool } from "./server-pool.ts";
import { type ServerEvent, ServerProcess, type ServerProcessOptions } from "./server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "metamem-process-"));
const running: ServerProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});
const signal = new AbortController().signal;

/** Answers after a while, with a child of its own as model servers have; `code` is run first. */
function program(port: number, code = ""): string {
  return `${code}
    const child = Bun.spawn(["sleep", "1000"]);
    console.log("child " + child.pid);
    await Bun.sleep(30);
    Bun.serve({ port: ${port}, hostname: "127.0.0.1", fetch: () => new Response() });`;
}

function serverOf(code: (port: number) => string, more: Partial<ServerProcessOptions> = {}) {
  const port = freePort();
  const events: ServerEvent[] = [];
  const server = new ServerProcess({
    name: "replica 1",
    line: { command: [process.execPath, "-e", code(port)], env: { VLLM_API_KEY: "sesame-key" } },
    root: `http://127.0.0.1:${port}`,
    log: join(folder, `${port}.log`),
    healthMs: 20_000,
    maxRestarts: 3,
    onEvent: (event) => events.push(event),
    ...more,
  });
  running.push(server);
  return { server, events, kinds: () => events.map(({ kind }) => kind) };
}

function isAlive(pid: number): boolean {
  // Ended processes that nobody waits for are no longer alive.
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
  return stat !== "" && !/\) Z /.test(stat);
}

function childIn(log: string): number {
  return Number(/child (\d+)/g.exec(readFileSync(log, "utf8"))?.[1]);
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await Bun.sleep(10);
}

describe("a server process", () => {
  test("is ready when it answers, and leaves nothing behind when it is stopped", async () => {
    const { server, kinds } = serverOf((port) => program(port));
    await server.start(signal);
    expect(server.ready).toBe(true);
    const [pid, child] = [server.pid ?? 0, childIn(server.log)];
    expect([isAlive(pid), isAlive(child)]).toEqual([true, true]);
    await server.stop();
    await until(() => !isAlive(pid) && !isAlive(child));
    expect(kinds()).toEqual(["starting", "ready", "stopped"]);
  });

  test("is started again when it is lost, with all it had started gone, by the line of that moment", async () => {
    let first = "";
    const lineAgain = () => ({ command: [process.execPath, "-e", first], env: { METAMEM_AGAIN: "1" } });
    const { server, events, kinds } = serverOf(
      (port) => {
        first = program(port, 'console.log("again " + process.env.METAMEM_AGAIN);');
        return first;
      },
      { lineAgain },
    );
    await server.start(signal);
    const [pid, child] = [server.pid ?? 0, childIn(server.log)];
    process.kill(pid, "SIGKILL");
    await until(() => kinds().filter((kind) => kind === "ready").length === 2);
    expect(isAlive(child)).toBe(false);
    expect(server.pid).not.toBe(pid);
    expect(server.line).toEqual(lineAgain());
    expect(readFileSync(server.log, "utf8").match(/again \w+/g)).toEqual(["again undefined", "again 1"]);
    expect(events.find(({ kind }) => kind === "lost")).toMatchObject({ reason: "it ended with SIGKILL", waitMs: 1000 });
  });

  test("that is lost too often is given up, with the end of its log", async () => {
    // Ends soon after it first answers.
    const brief = (port: number): string =>
      `Bun.serve({ port: ${port}, fetch: () => (setTimeout(() => process.exit(7), 50), new Response()) });`;
    const { server, kinds } = serverOf(brief, { maxRestarts: 1 });
    await server.start(signal);
    const error = await server.failed();
    expect(error.message).toContain("was lost 2 times in 10 minutes: it ended with exit code 7");
    expect(kinds().at(-1)).toBe("failed");
  });

  test("that ends before it answers is an error with the end of its log, without the key", async () => {
    const code =
      "console.error('first line'); console.error('no room for key ' + process.env.VLLM_API_KEY); process.exit(3)";
    const { server } = serverOf(() => code);
    const error = await server.start(signal).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "setup.server", exitCode: 3 });
    const { message } = error as Error;
    expect(message).toContain("replica 1 ended with exit code 3 before it answered");
    expect(message).toContain("first line | no room for key ***");
    expect(message).not.toContain("\n");
  });

  test("that never answers is ended at its deadline", async () => {
    const { server } = serverOf(() => "await Bun.sleep(60_000)", { healthMs: 300 });
    const error = await server.start(signal).catch((caught: unknown) => caught);
    expect((error as Error).message).toContain("did not answer within 0 s");
    expect(server.pid).toBeNull();
  });

  test("whose program is missing is an error", async () => {
    const { server } = serverOf(() => "", { line: { command: ["no-such-program-here"], env: {} } });
    const error = await server.start(signal).catch((caught: unknown) => caught);
    expect((error as Error).message).toContain("cannot be started");
  });

  test("stops at once when starting is given up", async () => {
    const controller = new AbortController();
    const { server } = serverOf(() => "await Bun.sleep(60_000)");
    const started = server.start(controller.signal).catch((caught: unknown) => caught);
    await until(() => server.pid !== null);
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await started).toBe(reason);
    expect(server.pid).toBeNull();
  });
});

describe("a pool", () => {
  test("when one does not come up, none is left", async () => {
    const ports = [freePort(), freePort()];
    const pool = new ServerPool(
      ports.map((port, n) => ({
        name: `replica ${n + 1}`,
        line: { command: [process.execPath, "-e", n === 0 ? program(port) : "process.exit(1)"], env: {} },
        root: `http://127.0.0.1:${port}`,
        log: join(folder, `${port}.log`),
        healthMs: 20_000,
        maxRestarts: 0,
      })),
    );
    expect(pool.spec("vllm", "base")).toBe(`vllm:base@http://127.0.0.1:${ports[0]}/v1,http://127.0.0.1:${ports[1]}/v1`);
    const error = await pool.start(signal).catch((caught: unknown) => caught);
    expect((error as Error).message).toContain("replica 2 ended with exit code 1");
    expect(pool.servers.map(({ pid }) => pid)).toEqual([null, null]);
  });
});
