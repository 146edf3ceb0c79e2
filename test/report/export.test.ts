import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { exportRowSchema } from "@metamem/loops";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workplace } from "../e2e/command-line.ts";
import { makeRun } from "./made-run.ts";

/** Exports of a real run, read the way the benchmark's own program reads result folders. */

const place = new Workplace();

interface EpisodeLog {
  readonly task: string;
  readonly progression: number;
  readonly num_steps: number;
  readonly action_frequency: Readonly<Record<string, number>>;
  readonly input_tokens: number;
  readonly seed: number;
}

beforeAll(async () => {
  const world = ["--worlds", "seeds:42-44", "--max-steps", "40", "--model", "scripted"];
  expect(await place.run(["rollout", ...world, "--out", "played", "--quiet", "--json"])).toMatchObject({ exitCode: 0 });
  expect(await place.run(["export", "played", "--format", "balrog", "--out", "out"])).toMatchObject({ exitCode: 0 });
});

afterAll(() => place[Symbol.dispose]());

function json<T>(...names: readonly string[]): T {
  return JSON.parse(readFileSync(place.in(...names), "utf8")) as T;
}

function logs(): EpisodeLog[] {
  const folder = ["out", "crafter", "default"] as const;
  const names = readdirSync(place.in(...folder)).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => json<EpisodeLog>(...folder, name));
}

/** Rows of a CSV file; quoted cells may hold line breaks. */
function rows(text: string): string[][] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)];
  const table: string[][] = [[]];
  for (const [, cell = "", end] of cells) {
    table.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ",") table.push([]);
  }
  return table.slice(0, -1);
}

describe("the benchmark's folder", () => {
  test("holds two files an episode and the summaries", () => {
    expect(place.entries("out").sort()).toEqual(
      [
        "crafter",
        "crafter/crafter_summary.json",
        "crafter/default",
        ...["00", "01", "02"].flatMap((run) => [
          `crafter/default/default_run_${run}.csv`,
          `crafter/default/default_run_${run}.json`,
        ]),
        "summary.json",
      ].map((name) => `out/${name}`),
    );
  });

  test("summarises what its episodes say", () => {
    const own = logs();
    const mean = own.reduce((sum, { progression }) => sum + progression, 0) / 3;
    const deviation = Math.sqrt(own.reduce((sum, { progression }) => sum + (progression - mean) ** 2, 0) / 3);
    const score = {
      progression_percentage: expect.closeTo(100 * mean),
      standard_error: expect.closeTo((100 * deviation) / Math.sqrt(3)),
      episodes_played: 3,
    };
    expect(json("out", "crafter", "crafter_summary.json")).toMatchObject({
      ...score,
      average_steps: 40,
      tasks: { default: score },
      input_tokens: own.reduce((sum, log) => sum + log.input_tokens, 0),
    });
    expect(json("out", "summary.json")).toMatchObject({
      "Final score": expect.closeTo(100 * mean),
      environments: { crafter: score },
      rule_based: true,
    });
  });

  test("says of an episode what the benchmark says", () => {
    const [first] = logs();
    expect(Object.keys(first ?? {})).toEqual(
      expect.arrayContaining(
        "task action_frequency input_tokens output_tokens episode_return num_steps failed_candidates score progression achievements process_num seed agent client".split(
          " ",
        ),
      ),
    );
    expect(first).toMatchObject({ task: "default", num_steps: 40, seed: 42 });
    expect(Object.values(first?.action_frequency ?? {}).reduce((sum, count) => sum + count, 0)).toBe(40);
  });

  test("has every step in its tables", () => {
    const [head, ...steps] = rows(readFileSync(place.in("out", "crafter", "default", "default_run_00.csv"), "utf8"));
    expect(head).toEqual(["Step", "Action", "Reasoning", "Observation", "Reward", "Done"]);
    expect(steps.map(([step]) => step)).toEqual(Array.from({ length: 40 }, (_, step) => String(step)));
    expect(steps.every((row) => row.length === 6 && row[3]?.startsWith("You see:"))).toBe(true);
    const taken = new Set(steps.map((row) => row[1]));
    expect([...taken].sort()).toEqual(Object.keys(logs()[0]?.action_frequency ?? {}).sort());
  });
});

test("an episode that was set aside is there, and counts as 0", async () => {
  cpSync(place.in("played"), place.in("aside"), { recursive: true });
  const [name = ""] = readdirSync(place.in("aside", "results"));
  const row = json<Record<string, unknown>>("aside", "results", name);
  const error = { code: "environment.crashed", message: "it killed its process" };
  const changed = { ...row, status: "set_aside", result: null, progression: 0, error };
  writeFileSync(place.in("aside", "results", name), JSON.stringify(changed));
  const run = await place.run(["export", "aside", "--format", "balrog", "--out", "out-aside", "--json"]);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toMatchObject({ schema: "metamem.export/1", episodes: 3, leftOut: [] });
  const before = json<{ "Final score": number }>("out", "summary.json")["Final score"];
  const lost = logs().find(({ seed }) => seed === row.seed)?.progression ?? Number.NaN;
  expect(json("out-aside", "summary.json")).toMatchObject({
    "Final score": expect.closeTo(before - (100 * lost) / 3),
    environments: { crafter: { episodes_played: 3 } },
  });
});

describe("refusals", () => {
  test("of a run with open episodes", async () => {
    makeRun(place.in("open"), [{ family: "crafter", seed: 42 }]);
    const run = await place.run(["export", "open", "--format", "balrog", "--out", "never"]);
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("open has episodes without a result (1)"),
    });
    expect(existsSync(place.in("never"))).toBe(false);
  });

  test("of own levels and foreign games, when there is nothing else", async () => {
    const own = { family: "minihack", options: { level: { source: "own" } }, progression: 1 } as const;
    makeRun(place.in("own"), [
      { ...own, task: "Boxoban-Hard-own-levels", seed: 42 },
      { ...own, task: "Boxoban-Hard", seed: 42 },
      { family: "game", seed: 1, progression: 1 },
    ]);
    const run = await place.run(["export", "own", "--format", "balrog", "--out", "never"]);
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("nothing in own is a task of the benchmark"),
    });
  });

  test("of results without traces, before anything is written", async () => {
    makeRun(place.in("bare"), [{ family: "crafter", seed: 42, progression: 1 }]);
    const run = await place.run(["export", "bare", "--format", "balrog", "--out", "never"]);
    expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("no trace in") });
    expect(existsSync(place.in("never"))).toBe(false);
  });

  test("of a folder that is in use, and of no folder", async () => {
    writeFileSync(place.in("file.txt"), "");
    const used = await place.run(["export", "played", "--format", "balrog", "--out", "."]);
    expect(used).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is not empty") });
    const file = await place.run(["export", "played", "--format", "balrog", "--out", "file.txt"]);
    expect(file).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is a file") });
    expect(await place.run(["export", "played", "--format", "balrog"])).toMatchObject({ exitCode: 2 });
    expect(await place.run(["export", "played", "--format", "xml"])).toMatchObject({ exitCode: 2 });
  });
});

test("JSON Lines have every planned episode, with its metrics and its label", async () => {
  const run = await place.run(["export", "played", "--format", "jsonl"]);
  const lines = run.stdout
    .trimEnd()
    .split("\n")
    .map((line) => exportRowSchema.parse(JSON.parse(line)));
  expect(lines.map(({ seed }) => seed)).toEqual([42, 43, 44]);
  expect(lines.every(({ rule_based, metrics }) => rule_based && metrics?.steps === 40)).toBe(true);
  const open = await place.run(["export", "open", "--format", "jsonl", "--out", "open.jsonl"]);
  expect(open).toMatchObject({ exitCode: 0, stdout: "" });
  expect(json("open.jsonl")).toMatchObject({ status: "open", progression: 0, metrics: null, rule_based: false });
});
