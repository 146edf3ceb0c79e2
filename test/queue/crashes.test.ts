import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { finished, pocketScaffold, Workplace } from "../e2e/command-line.ts";
import { RedisServer } from "./redis-server.ts";

/** Games that kill or hang the worker that plays them, whichever machine it is on. */

const brittle = fileURLToPath(new URL("../games/brittle-tower.ts", import.meta.url));
const modules = ["--env", brittle, "--scaffold", pocketScaffold];
// A busy machine takes many times as long as an idle one.
vi.setConfig({ testTimeout: 180_000 });

interface CrashLine {
  readonly shard: number | null;
  readonly cause: string;
  readonly blamed: boolean;
  readonly episode: {
    readonly family: string;
    readonly seed: number;
    readonly step: number;
    readonly action: string | null;
  };
}

/** A folder and a Redis for one test. They end with it however it ends, and everything that runs there with them. */
async function open(): Promise<{ place: Workplace; redis: RedisServer; env: Record<string, string> }> {
  const place = new Workplace();
  const redis = await RedisServer.start(place.path);
  onTestFinished(async () => {
    await place.endAll();
    await redis[Symbol.asyncDispose]();
    place[Symbol.dispose]();
  });
  return { place, redis, env: { BRITTLE_MARKER: place.in("marker") } };
}

test("a step that kills three workers sets its episode aside; one that kills once does not", async () => {
  const { place, redis, env } = await open();
  const what = ["--worlds", "seeds:2-5", ...modules, "--max-steps", "20", "--step-timeout", "2"];
  const producer = place.start(
    ["rollout", ...what, "--queue", redis.url, "--out", "brittle", "--json", "--quiet"],
    env,
  );
  let deaths = 0;
  /** What a cluster does: puts a new worker in the place of each that died. */
  const keepOne = async (): Promise<void> => {
    while (producer.exitCode === null) {
      const how = ["--concurrency", "1", "--lock", "2", "--no-sync", "--quiet"];
      const worker = place.start(["worker", "--queue", redis.url, ...modules, ...how], env);
      void producer.exited.then(() => worker.kill("SIGTERM"));
      if ((await worker.exited) !== 0) deaths += 1;
    }
  };
  const keepers = [keepOne(), keepOne()];
  const { exitCode, stdout } = await finished(producer);
  await Promise.all(keepers);
  expect(exitCode).toBe(0);
  const { episodes, operational } = JSON.parse(stdout) as {
    readonly operational: { readonly crashes: number };
    readonly episodes: readonly { readonly seed: number; readonly status: string; readonly error: unknown }[];
  };
  expect(episodes.map(({ seed, status }) => [seed, status])).toEqual([
    [2, "set_aside"],
    [3, "finished"],
    [4, "set_aside"],
    [5, "finished"],
  ]);
  expect(episodes[0]?.error).toMatchObject({ code: "environment.crash" });
  // Three for each of two steps and one for another; a busy machine may look like a game that hangs.
  expect(deaths).toBeGreaterThanOrEqual(7);
  const crashes = readFileSync(place.in("brittle", "crashes.jsonl"), "utf8").trim().split("\n");
  const lost = crashes.map((line) => JSON.parse(line) as CrashLine);
  expect(operational.crashes).toBe(lost.length);
  for (const [seed, step, times] of [
    [2, 7, 3],
    [3, 4, 1],
    [4, 5, 3],
  ] as const) {
    const there = lost.filter(({ episode }) => episode.seed === seed && episode.step === step);
    expect(there.length).toBeGreaterThanOrEqual(times);
    for (const { blamed, shard, cause, episode } of there) {
      expect({ blamed, shard, family: episode.family }).toEqual({ blamed: false, shard: null, family: "brittle" });
      expect(cause).toMatch(/^worker \S+-\d+ was lost$/);
      expect(["West", "East", "Open"]).toContain(episode.action);
    }
  }
});

test("a worker that lacks what an episode needs hands it back and says what is missing", async () => {
  const { place, redis, env } = await open();
  const what = ["--worlds", "seeds:5", ...modules, "--max-steps", "5"];
  const producer = place.start(
    ["rollout", ...what, "--queue", redis.url, "--out", "lacking", "--json", "--quiet"],
    env,
  );
  const worker = await place.run(["worker", "--queue", redis.url, "--scaffold", pocketScaffold, "--quiet"]);
  expect(worker).toMatchObject({ exitCode: 2 });
  expect(worker.stderr).toMatch(/^metamem: the run plays .*brittle-tower.ts, which is not registered: add --env/);
  const elsewhere = await place.run([
    "worker",
    "--queue",
    redis.url,
    "--runs",
    place.in("nowhere", "at-all"),
    "--quiet",
  ]);
  expect(elsewhere).toMatchObject({ exitCode: 3 });
  expect(elsewhere.stderr).toContain("which is not on this machine; put runs on a folder that all machines share");
  const good = place.start(["worker", "--queue", redis.url, ...modules, "--drain", "--quiet"], env);
  expect(await finished(producer)).toMatchObject({ exitCode: 0 });
  expect(await finished(good)).toMatchObject({ exitCode: 0, stderr: "" });
});

test("an episode whose run was removed is dropped", async () => {
  const { place, redis, env } = await open();
  const what = ["--worlds", "seeds:5", ...modules, "--max-steps", "5"];
  const producer = place.start(
    ["rollout", ...what, "--queue", redis.url, "--out", "removed", "--json", "--quiet"],
    env,
  );
  const folder = place.in("removed");
  while ((await redis.waiting()) === 0) await Bun.sleep(20);
  producer.kill("SIGKILL");
  await producer.exited;
  await Bun.$`rm -r ${folder}`.quiet();
  const worker = await place.run(["worker", "--queue", redis.url, ...modules, "--drain", "--json"]);
  expect(worker).toMatchObject({ exitCode: 0, stderr: "" });
  expect(worker.stdout).toMatch(/"status":"dropped","reason":"the run .*removed was removed"/);
});
