import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { episodeResultSchema } from "@metamem/loops";
import { describe, expect, test } from "vitest";
import { contentOf, pocketScaffold, resultContent, towerArgs, towerModule, Workplace } from "./command-line.ts";

describe("metamem episode", () => {
  test("plays an environment given as a module and prints one JSON object", async () => {
    using place = new Workplace();
    const { exitCode, stdout } = await place.run(["episode", ...towerArgs, "--out", "run", "--json"]);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    const result = episodeResultSchema.parse(JSON.parse(stdout));
    expect(result).toMatchObject({
      status: "finished",
      endReason: "top",
      progression: 1,
      rule_based: true,
      label: "rule-based player, not a language model",
      family: { name: "tower" },
      scaffold: { name: "pocket" },
    });
    expect(result.milestones.map(({ name }) => name)).toEqual(["floor 1", "floor 2", "floor 3", "floor 4"]);
    expect(resultContent(place.in("run"))).toEqual(withoutOperational(result));
  });

  test("plays the game of the recipe from a folder outside the checkout", async () => {
    using place = new Workplace();
    for (const name of ["tower.ts", "tower-player.ts"]) cpSync(join(dirname(towerModule), name), place.in(name));
    const args = ["--env", "./tower.ts", "--scaffold", pocketScaffold, "--json", "--quiet"];
    const { exitCode, stdout } = await place.run(["episode", ...args, "--out", "run", "--max-steps", "3"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "finished", steps: 3, family: { name: "tower" } });
    expect(await place.run(["episode", "--resume", "run", ...args])).toMatchObject({ exitCode: 0, stdout });
  });

  test("an error class that a module outside the checkout imports is the program's own", async () => {
    using place = new Workplace();
    for (const name of ["tower.ts", "tower-player.ts"]) cpSync(join(dirname(towerModule), name), place.in(name));
    const lines = [
      'import { UsageError } from "@metamem/core";',
      'import { family as tower } from "./tower.ts";',
      'const open = () => { throw new UsageError("task", "no such tower"); };',
      "export const family = { ...tower, open };",
    ];
    writeFileSync(place.in("closed.ts"), lines.join("\n"));
    const run = await place.run(["episode", "--env", "./closed.ts", "--scaffold", pocketScaffold, "--json"]);
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ code: "usage.task", message: "no such tower" });
  });

  test("plays the default environment with all defaults into runs/<date>-<env>-<seed>", async () => {
    using place = new Workplace();
    const { exitCode, stdout } = await place.run(["episode", "--max-steps", "30", "--json", "--quiet"]);
    expect(exitCode).toBe(0);
    const result = episodeResultSchema.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ status: "finished", steps: 30, seed: 42, scaffold: { name: "memory-v0" } });
    expect(result.operational.folder).toMatch(/^runs\/\d{4}-\d\d-\d\d-[a-z]+-42$/);
  });

  test("a taken default folder gets a number", async () => {
    using place = new Workplace();
    const args = ["episode", ...towerArgs, "--max-steps", "2", "--quiet"];
    await place.run(args);
    await place.run(args);
    const folders = place.entries("runs").filter((path) => path.split("/").length === 2);
    expect(folders.map((path) => path.replace(/\d{4}-\d\d-\d\d/, "DATE"))).toEqual([
      "runs/DATE-tower-42",
      "runs/DATE-tower-42-2",
    ]);
  });

  test("the same request gives the same trace, another seed another one", async () => {
    using place = new Workplace();
    for (const [out, seed] of Object.entries({ a: "5", b: "5", c: "6" })) {
      await place.run(["episode", ...towerArgs, "--seed", seed, "--out", out, "--quiet"]);
    }
    expect(contentOf(place.in("b"))).toEqual(contentOf(place.in("a")));
    expect(resultContent(place.in("b"))).toEqual(resultContent(place.in("a")));
    expect(contentOf(place.in("c"))).not.toEqual(contentOf(place.in("a")));
  });

  test("options reach the trace: steps, temperature, sampling seed, protocol", async () => {
    using place = new Workplace();
    const options = ["--max-steps", "3", "--temperature", "0.5", "--sampling-seed", "9", "--protocol", "published"];
    const { stdout } = await place.run(["episode", ...towerArgs, ...options, "--out", "run", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ steps: 3, maxSteps: 3, endReason: "step_limit" },
      ...{ temperature: 0.5, samplingSeed: 9, protocol: "published" },
    });
  });

  test("a scaffold that breaks makes the episode fail: exit code 1, no progression, and what was wrong", async () => {
    using place = new Workplace();
    cpSync(pocketScaffold, place.in("broken"), { recursive: true });
    const manifest = JSON.parse(readFileSync(place.in("broken", "scaffold.json"), "utf8"));
    writeFileSync(place.in("broken", "scaffold.json"), JSON.stringify({ ...manifest, hooks: ["gate"] }));
    writeFileSync(place.in("broken", "scaffold.ts"), "export function gate() { throw new Error('oh no'); }\n");
    const run = await place.run(["episode", "--env", towerModule, "--scaffold", "broken", "--out", "run", "--json"]);
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      ...{ status: "failed", endReason: "scaffold.hook", progression: 0, steps: 0 },
      error: { code: "scaffold.hook", message: expect.stringContaining("oh no") },
    });
    expect(run.stderr).toContain("oh no");
    const again = await place.run([
      "episode",
      "--resume",
      "run",
      "--env",
      towerModule,
      "--scaffold",
      "broken",
      "--json",
    ]);
    expect(again).toMatchObject({ exitCode: 1, stdout: run.stdout });
  });

  test("without --json it prints a summary that says who played and where to look", async () => {
    using place = new Workplace();
    const { stdout, stderr } = await place.run(["episode", ...towerArgs, "--out", "run"]);
    expect(stdout).toContain("rule-based player, not a language model");
    expect(stdout).toContain("progression 100.0 %");
    expect(stdout).toContain("metamem trace run --step 39");
    expect(stdout + stderr).not.toContain("\u001b");
    expect(stderr).toContain("trace in run");
  });
});

function withoutOperational({ operational: _operational, ...content }: Record<string, unknown>): unknown {
  return content;
}
