import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { lockFolder } from "@metamem/core";
import { measureTokens, RunFolder, recordedSteps } from "@metamem/loops";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pocketScaffold, towerModule } from "../e2e/command-line.ts";
import { RolloutPlace } from "./rollout-place.ts";

/** What a resume does when the run is not what it was, and what the command refuses. */

const rollout = new RolloutPlace();
const { place } = rollout;

beforeAll(async () => {
  cpSync(pocketScaffold, place.in("pocket"), { recursive: true });
  const budget = ["--max-tokens", "25000", "--concurrency", "2"];
  const run = await place.run(rollout.args("run", ...budget, "--scaffold", "pocket"));
  expect(run).toMatchObject({ exitCode: 130 });
  expect(finishedOf(run.stdout)).toBeGreaterThan(0);
});

afterAll(() => rollout[Symbol.asyncDispose]());

function finishedOf(stdout: string): number {
  return (JSON.parse(stdout) as { totals: { finished: number } }).totals.finished;
}

const resume = ["rollout", "--resume", "run", "--env", towerModule, "--json", "--quiet"];
const scaffold = ["--scaffold", "pocket"];

describe("a resume", () => {
  test("asks for what a folder never says: code from outside", async () => {
    const run = await place.run(["rollout", "--resume", "run", ...scaffold]);
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stderr).toContain("add --env");
    expect((await place.run(resume)).stderr).toContain("add --scaffold");
  });

  test("takes what is played from the run", async () => {
    const run = await place.run([...resume, ...scaffold, "--max-steps", "5"]);
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stderr).toContain("leave that option out");
    expect((await place.run([...resume, ...scaffold, "--set", "protocol.temperature=0"])).exitCode).toBe(2);
  });

  test("says which scaffold changed, and plays its episodes anew when told to", async () => {
    const prompt = place.in("pocket", "prompts", "plan.md");
    writeFileSync(prompt, `${readFileSync(prompt, "utf8")}\nThink twice.\n`);
    const refused = await place.run([...resume, ...scaffold]);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toContain("the scaffold was");
    expect(refused.stderr).toContain("--restart-changed");
    expect(JSON.parse(refused.stdout)).toMatchObject({ code: "trace.changed_plan" });
    // Nothing is put aside under somebody who plays.
    const release = lockFolder(place.in("run"));
    expect(await place.run([...resume, ...scaffold, "--restart-changed"])).toMatchObject({ exitCode: 2 });
    release();
    expect(existsSync(place.in("run", "replaced"))).toBe(false);
    const again = await place.run([...resume, ...scaffold, "--restart-changed", "--max-tokens", "900000"]);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(finishedOf(again.stdout)).toBe(6);
    // What was played before is kept, out of the way.
    expect(place.entries("run/replaced").some((name) => name.endsWith(".result.json"))).toBe(true);
    const { totals } = JSON.parse(again.stdout) as { totals: { calls: number; promptTokens: number } };
    expect(await measureTokens(place.in("run"))).toMatchObject({ calls: totals.calls, input: totals.promptTokens });
  });

  test("says which environment changed its version", async () => {
    const module = place.in("newer.ts");
    writeFileSync(
      module,
      `import { family as tower } from "${towerModule}";\nexport const family = { ...tower, version: "2" };\n`,
    );
    const refused = await place.run(["rollout", "--resume", "run", "--env", module, ...scaffold, "--json", "--quiet"]);
    expect(JSON.parse(refused.stdout)).toMatchObject({ code: "trace.changed_plan", exitCode: 1 });
    expect(refused.stderr).toContain("the environment tower was version 1 and is 2");
  });

  test("plays anew an episode whose trace another version wrote", async () => {
    const args = rollout.args("older", "--worlds", "seeds:0", "--max-tokens", "2000");
    expect(await place.run(args)).toMatchObject({ exitCode: 130 });
    const [id = ""] = place.entries("older/episodes").map((name) => name.split("/")[2]);
    const { run: older } = RunFolder.open(place.in("older"));
    expect(recordedSteps(older, id)).toBeGreaterThan(0);
    const header = place.in("older", "episodes", id, "header.json");
    writeFileSync(header, readFileSync(header, "utf8").replace('"metamem.trace/1"', '"metamem.trace/0"'));
    expect(recordedSteps(older, id)).toBe(0);
    const more = ["--max-tokens", "900000"];
    const refused = await place.run(rollout.resumeArgs("older", ...more));
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toContain("continue with");
    const { operational } = JSON.parse(refused.stdout) as {
      operational: { open: Record<string, { code: string; message: string }> };
    };
    expect(operational.open[id]).toMatchObject({ code: "trace.version" });
    expect(operational.open[id]?.message).toContain("--restart-changed");
    expect(await place.run(rollout.resumeArgs("older", "--restart-changed", ...more))).toMatchObject({ exitCode: 0 });
  });
});

describe("what cannot work", () => {
  test.each([
    [["--worlds", "publishd"], "Did you mean 'published'?"],
    [["--worlds", "published"], "has no worlds of tower"],
    [["--set", "protocol.temprature=1"], "temprature"],
    [["--concurrency", "300"], "--shards 1"],
    [["--model", "compatible:nobody@http://127.0.0.1:9/v1"], "no connection"],
  ])("%j is refused before anything is written", async (args, hint) => {
    const run = await place.run(rollout.args("refused", ...args));
    expect(run.exitCode).toBeGreaterThan(1);
    expect(run.stderr).toContain(hint);
    expect(place.entries()).not.toContain("refused");
  });

  test("a folder that holds a run already", async () => {
    const run = await place.run(rollout.args("run"));
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stderr).toContain("--resume run");
  });
});

describe("a config file", () => {
  test("gives what options would, and options win", async () => {
    const model = `compatible:test-model@${rollout.server.url}`;
    const lines = [
      `worlds = "seeds:0-9"`,
      `env = ["${towerModule}"]`,
      `scaffold = "${pocketScaffold}"`,
      `model = "${model}"`,
      `maxSteps = 4`,
      `[protocol]`,
      `base = "published"`,
      `temperature = 0.25`,
      `[limits]`,
      `callSeconds = 20`,
    ];
    writeFileSync(place.in("run.toml"), `${lines.join("\n")}\n`);
    const args = ["--config", "run.toml", "--worlds", "seeds:0-1", "--set", "protocol.planCalls=3"];
    const run = await place.run(["rollout", ...args, "--out", "configured", "--json", "--quiet"]);
    expect(run).toMatchObject({ exitCode: 0 });
    const record = JSON.parse(readFileSync(place.in("configured", "run.json"), "utf8")) as Record<string, unknown>;
    expect(record).toMatchObject({
      config: {
        worlds: "seeds:0-1",
        maxSteps: 4,
        protocol: { name: "published", temperature: 0.25, planCalls: 3, correctiveTurn: false },
      },
      operational: { operation: { limits: { callSeconds: 20, stepSeconds: 60 } } },
    });
  });

  test("a dry run says what would be played and writes nothing", async () => {
    const run = await place.run([
      "rollout",
      "--config",
      "run.toml",
      "--dry-run",
      "--averages",
      "configured",
      "--price",
      "1/2",
      "--json",
      "--out",
      "dry",
    ]);
    const { episodes, expected } = JSON.parse(run.stdout) as {
      episodes: unknown[];
      expected: { calls: number; cost: number };
    };
    expect(episodes).toHaveLength(10);
    expect(expected.calls).toBeGreaterThan(0);
    expect(expected.cost).toBeGreaterThan(0);
    expect(place.entries()).not.toContain("dry");
  });
});
