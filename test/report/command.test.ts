import { readFileSync } from "node:fs";
import { reportSchema } from "@metamem/loops";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finished } from "../e2e/command-line.ts";
import { RolloutPlace, withoutOperational } from "../rollout/rollout-place.ts";
import { makeRun } from "./made-run.ts";

/** `metamem report` over real runs of the tower, through the real command line. */

const rollout = new RolloutPlace();
const { place } = rollout;

beforeAll(async () => {
  expect(await place.run(rollout.args("whole"))).toMatchObject({ exitCode: 0 });
  makeRun(
    place.in("made"),
    [
      { family: "crafter", seed: 42, maxSteps: 2000, progression: 0.25 },
      { family: "crafter", seed: 43, maxSteps: 2000 },
      { family: "minihack", task: "Quest-Easy", seed: 42, progression: 1 },
      {
        family: "minihack",
        task: "Boxoban-Hard-own-levels",
        seed: 42,
        progression: 0,
        options: { level: { source: "own" } },
      },
    ],
    "rule-based player, not a language model",
  );
});

afterAll(() => rollout[Symbol.asyncDispose]());

async function shown(...args: readonly string[]): Promise<string> {
  const run = await place.run(["report", ...args]);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  return run.stdout;
}

describe("a run that was killed and resumed", () => {
  test("has the report of an undisturbed one outside `operational`", async () => {
    for (const [folder, request] of [
      ["killed-a", 60],
      ["killed-b", 170],
    ] as const) {
      const asked = rollout.calls().length;
      const child = place.start(rollout.args(folder));
      rollout.onRequest = (count) => {
        if (count - asked === request) child.kill("SIGKILL");
      };
      await finished(child);
      rollout.onRequest = () => {};
      const before = reportSchema.parse(JSON.parse(await shown(folder, "--json")));
      expect(before.runs[0]?.counts.open).toBeGreaterThan(0);
      expect(await place.run(rollout.resumeArgs(folder))).toMatchObject({ exitCode: 0 });
      const report = reportSchema.parse(JSON.parse(await shown(folder, "--json")));
      expect(report.operational.runs[0]?.resumes).toBeGreaterThan(0);
      const whole = reportSchema.parse(JSON.parse(await shown("whole", "--json")));
      expect(withoutOperational(report)).toEqual(withoutOperational(whole));
      expect(report.runs[0]).toMatchObject({ counts: { episodes: 6, finished: 6, open: 0 } });
    }
  });
});

describe("what people see", () => {
  test("a label beside every number of a rule-based player, and no escape sequences outside of a terminal", async () => {
    const text = await shown("made");
    expect(text).toContain("rule-based player, not a language model");
    expect(text.match(/\bA\b(?! rule-based| {2}memory-v0| is not)/g)).toBeNull();
    expect(text).not.toContain("\u001b");
  });

  test("the role, when a program played only one", async () => {
    makeRun(place.in("mixed"), [{ seed: 1, progression: 1 }], "memory role: rule-based player");
    expect(await shown("mixed")).toMatch(/A rule-based memory +100\.00/);
  });

  test("open episodes as zeros, with the command that plays them", async () => {
    const text = await shown("made");
    expect(text).toMatch(/open: 1 of 4 episodes, counted as 0; continue with .* rollout --resume made/);
    expect(text).toMatch(/A rule-based +12\.50 ± +8\.84 /);
  });

  test("own levels in a column without published rows", async () => {
    const [head = "", ...rows] = (await shown("made"))
      .split("\n")
      .filter((line) => /own levels$|both loops/.test(line));
    expect(head).toMatch(/crafter +minihack +minihack, own levels$/);
    expect(rows[0]).toMatch(/51\.36 ± +3\.81 +30\.00 ± +7\.25 +-$/);
  });

  test("why the published rows are not ours to reach exactly", async () => {
    const text = (await shown("made")).replace(/\s+/g, " ");
    expect(text).toContain("Worlds start as they did there, but no trajectory can be the same");
    expect(text).toContain("crafter: 2 of the 10 published worlds");
    expect(await shown("made", "--no-published")).not.toContain("Gemini");
  });

  test("with all metrics, how it went as well", async () => {
    const text = await shown("whole", "--full");
    expect(text).toMatch(/sessions +1\n/);
    expect(text).toMatch(/void calls: failed tries and cut replies +0\.0 %\n/);
    expect(text).toMatch(/model time in LOG +\d+:\d\d\n/);
    expect(await shown("whole")).not.toContain("sessions");
  });

  test("the comparison of two runs", async () => {
    const text = await shown("whole", "whole");
    expect(text).toMatch(/B minus A on the worlds of both/);
    expect(text).toMatch(/tower +6 +0\.00 +0\.00 … 0\.00 +0 +6 +0/);
  });
});

describe("what only traces tell", () => {
  test("is read when asked for, and agrees with what was counted during play", async () => {
    const { runs } = reportSchema.parse(JSON.parse(await shown("whole", "--traces", "--json")));
    const behaviour = runs[0]?.families[0]?.behaviour;
    const { memoryGrowth, memoryGrowthModel, scaffoldShare, writes, repeatWriteLoose, oscillatingActions } =
      behaviour?.rates ?? {};
    const grown = Object.values(behaviour?.growthByFile ?? {}).reduce((sum, perStep) => sum + perStep, 0);
    expect(grown).toBeCloseTo(memoryGrowth?.rate ?? Number.NaN);
    expect(scaffoldShare?.count).toBe(0);
    expect(memoryGrowthModel?.count).toBe(memoryGrowth?.count);
    expect(repeatWriteLoose?.of).toBe(writes?.count);
    expect(oscillatingActions?.of).toBe(behaviour?.rates.oscillating?.of);
  });

  test("needs the traces", async () => {
    const run = await place.run(["report", "made", "--traces"]);
    expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("no trace in made/episodes") });
  });
});

describe("files", () => {
  test("take their format from their name", async () => {
    for (const [name, beginning] of [
      ["r.md", "- **A**: memory-v0"],
      ["r.csv", "run,scaffold,"],
      ["r.json", '{"schema":"metamem.report/1"'],
      ["r.txt", "A  memory-v0"],
    ] as const) {
      expect(await place.run(["report", "made", "--out", name])).toMatchObject({ exitCode: 0, stdout: "" });
      expect(readFileSync(place.in(name), "utf8").startsWith(beginning)).toBe(true);
    }
  });

  test("CSV has a rectangle of cells, and labels in each row", async () => {
    const lines = (await shown("made", "--format", "csv", "--no-published")).trimEnd().split("\n");
    const cells = lines.map((line) => line.replace(/"[^"]*"/g, "").split(",").length);
    expect(new Set(cells).size).toBe(1);
    expect(lines.slice(1).every((line) => line.includes('true,"rule-based player, not a language model"'))).toBe(true);
  });

  test("Markdown tables have as many cells in every row", async () => {
    const tables = (await shown("made", "--format", "markdown")).split("\n\n").filter((block) => block.startsWith("|"));
    expect(tables.length).toBeGreaterThan(2);
    for (const table of tables) {
      expect(
        new Set(
          table
            .trim()
            .split("\n")
            .map((line) => line.split(/(?<!\\)\|/).length),
        ).size,
      ).toBe(1);
    }
  });
});

describe("refusals", () => {
  test.each([
    [["report", "nowhere"], 2, /no run in nowhere/],
    [["report", "made", "--format", "xml"], 2, /unknown format 'xml': there are text, markdown, csv, json/],
    [["report", "made", "--json", "--format", "csv"], 2, /only one of/],
    [["report", "made", "--out", "no/such/folder.md"], 3, /cannot write no\/such\/folder.md/],
    [["report"], 2, /missing required argument/],
  ] as const)("%j", async (args, exitCode, message) => {
    const run = await place.run(args);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toMatch(message);
  });
});
