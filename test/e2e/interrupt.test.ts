import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contentOf, finished, resultContent, towerArgs, Workplace } from "./command-line.ts";
import { ServedTower } from "./served-tower.ts";

describe("Ctrl-C", () => {
  test("ends with 130, says how to go on, and leaves a trace that goes on", async () => {
    using place = new Workplace();
    await using tower = new ServedTower();
    await place.run(tower.args("undisturbed"));
    const asked = tower.server.requests.length;
    const child = place.start(tower.args("run"));
    tower.onRequest = (count) => count - asked === 25 && child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await finished(child);
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ status: "interrupted", error: null, endReason: null });
    expect(stderr).toContain("metamem episode --resume run");
    expect(existsSync(place.in("run", "lock"))).toBe(false);

    const resumed = await place.run(tower.resumeArgs("run"));
    expect(resumed.exitCode).toBe(0);
    expect(contentOf(place.in("run"))).toEqual(contentOf(place.in("undisturbed")));
    expect(resultContent(place.in("run"))).toEqual(resultContent(place.in("undisturbed")));
    expect(JSON.parse(resumed.stdout).operational).toMatchObject({ resumes: 1 });
  });

  test("while a model is still being reached: nothing is left behind", async () => {
    using place = new Workplace();
    const reached = Promise.withResolvers<void>();
    const fetch = () => {
      reached.resolve();
      return new Promise<Response>(() => {});
    };
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch });
    try {
      const child = place.start(["episode", ...towerArgs, "--model", `compatible:m@${server.url.origin}/v1`]);
      await reached.promise;
      child.kill("SIGINT");
      const { exitCode, stdout, stderr } = await finished(child);
      expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
      expect(stderr).toContain("nothing was written");
      expect(place.entries()).toEqual([]);
    } finally {
      await server.stop(true);
    }
  });
});

describe("resuming an episode that is over", () => {
  test("says so, prints its result and plays nothing", async () => {
    using place = new Workplace();
    await using tower = new ServedTower(5);
    const first = await place.run(tower.args("run"));
    const asked = tower.server.requests.length;
    const again = await place.run(tower.resumeArgs("run"));
    expect(again).toMatchObject({ exitCode: 0, stdout: first.stdout });
    expect(again.stderr).toContain("this episode is over");
    expect(tower.server.requests).toHaveLength(asked);
  });
});
