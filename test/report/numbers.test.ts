import { buildReport, loadPublished, reportSchema } from "@metamem/loops";
import { afterAll, describe, expect, test } from "vitest";
import { Workplace } from "../e2e/command-line.ts";
import { type MadeEpisode, makeRun } from "./made-run.ts";

/** Numbers of reports over runs whose results were made up, so that they can be worked out by hand. */

const place = new Workplace();
afterAll(() => place[Symbol.dispose]());
let runs = 0;

function made(episodes: readonly MadeEpisode[], label: string | null = null): string {
  runs += 1;
  const folder = place.in(`run-${runs}`);
  makeRun(folder, episodes, label);
  return folder;
}

function reportOf(...folders: string[]) {
  return reportSchema.parse(buildReport(folders, loadPublished()));
}

const rate = (count: number, of: number) => ({ count, of, rate: of === 0 ? null : count / of });

describe("the denominator", () => {
  test("is what was planned: failed, set aside and open episodes count as 0 and are counted", () => {
    const folder = made([
      { seed: 1, progression: 1 },
      { seed: 2, progression: 1, status: "failed" },
      { seed: 3, progression: 0, status: "set_aside" },
      { seed: 4 },
    ]);
    const [run] = reportOf(folder).runs;
    expect(run?.families[0]).toMatchObject({
      episodes: 4,
      finished: 1,
      failed: 1,
      setAside: 1,
      open: 1,
      progression: { mean: 0.25, standardError: Math.sqrt(3) / 4 / 2 },
    });
    expect(run?.episodes.map(({ status }) => status)).toEqual(["finished", "failed", "set_aside", "open"]);
  });

  test("of a run without any result as well", () => {
    const report = reportOf(made([{ seed: 1 }, { seed: 2 }]));
    expect(report.runs[0]?.families[0]).toMatchObject({ open: 2, behaviour: null, progression: { mean: 0 } });
  });
});

describe("pooling", () => {
  const folder = made([
    { seed: 1, progression: 0.5, metrics: { emptySearch: rate(1, 1), largestPrompt: 10 } },
    { seed: 2, progression: 0.7, metrics: { emptySearch: rate(0, 99), largestPrompt: 30 } },
    { seed: 3, progression: 0.7, metrics: { emptySearch: rate(0, 0) } },
  ]);

  test("adds numerators and denominators; the mean of episodes stands beside it", () => {
    const cell = reportOf(folder).runs[0]?.families[0];
    expect(cell?.behaviour?.rates.emptySearch).toMatchObject({ count: 1, of: 100, rate: 0.01, episodeMean: 0.5 });
    expect(cell?.behaviour?.largestPrompt).toBe(30);
  });

  test("of memory growth is the mean of episodes, however long they are", () => {
    const grown = made([
      { seed: 1, progression: 0, metrics: { memoryGrowth: rate(10, 10) } },
      { seed: 2, progression: 0, metrics: { memoryGrowth: rate(0, 90) } },
    ]);
    const growth = reportOf(grown).runs[0]?.families[0]?.behaviour?.rates.memoryGrowth;
    expect(growth).toMatchObject({ count: 10, of: 100, rate: 0.5, episodeMean: 0.5, interval: [0, 1] });
  });

  test("gives worlds and tasks of their own", () => {
    const tasks = reportOf(
      made([
        { task: "a", seed: 1, progression: 0.2 },
        { task: "a", seed: 1, repetition: 1, progression: 0.4 },
        { task: "b", seed: 1, progression: 1 },
      ]),
    ).runs[0]?.families[0]?.tasks;
    expect(tasks?.map(({ task, worlds, progression }) => [task, worlds.length, progression.mean])).toEqual([
      ["a", 1, expect.closeTo(0.3)],
      ["b", 1, 1],
    ]);
    expect(tasks?.[0]?.worlds[0]?.progression.standardError).toBeCloseTo(0.1 / Math.sqrt(2));
  });
});

describe("own levels", () => {
  const own = { source: "own", difficulty: "hard" };
  const folder = made([
    { task: "maze", seed: 1, progression: 1 },
    { task: "boxes", seed: 1, progression: 0, options: { level: own } },
    { task: "stored", seed: 1, progression: 0, details: { levels: "other Boxoban levels, hard" } },
    { task: "public", seed: 1, progression: 1, details: { levels: "published Boxoban levels, hard" } },
    { task: "boxes", seed: 2, options: { level: own } },
  ]);

  test("in files of users are none of the benchmark's, whatever the files are called", () => {
    const file = { family: "minihack", task: "Quest-Easy.des", seed: 42, progression: 1 };
    const families = reportOf(made([file, { ...file, task: "Quest-Easy" }])).runs[0]?.families;
    expect(families?.map(({ material, tasks }) => [material, tasks[0]?.task])).toEqual([
      ["own", "Quest-Easy.des"],
      ["public", "Quest-Easy"],
    ]);
  });

  test("are a cell of their own, also before they are played", () => {
    const families = reportOf(folder).runs[0]?.families;
    expect(families?.map(({ material, episodes, progression }) => [material, episodes, progression.mean])).toEqual([
      ["public", 2, 1],
      ["own", 3, 0],
    ]);
  });
});

describe("two runs", () => {
  const first = made([1, 2, 3, 4, 9].map((seed) => ({ seed, progression: 0.5 })));
  const second = made(
    [
      { seed: 1, progression: 0.75 },
      { seed: 2, progression: 0.5 },
      { seed: 3, progression: 0.25 },
      { seed: 4, progression: 1 },
      { seed: 7, progression: 1 },
    ],
    "a program",
  );
  const [comparison] = reportOf(first, second).comparisons;

  test("are compared on the worlds of both, and what is left out is counted", () => {
    expect(comparison?.families[0]).toMatchObject({
      worlds: 4,
      onlyFirst: 1,
      onlySecond: 1,
      difference: 0.125,
      wins: 2,
      ties: 1,
      losses: 1,
    });
    const [low = 0, high = 0] = comparison?.families[0]?.interval ?? [];
    expect(low).toBeLessThan(0.125);
    expect(high).toBeGreaterThan(0.125);
    expect(low).toBeGreaterThanOrEqual(-0.25);
    expect(high).toBeLessThanOrEqual(0.5);
  });

  test("say who was a program", () => {
    expect(comparison).toMatchObject({ rule_based: true, label: "B: a program" });
  });

  test("that were played otherwise say how", () => {
    const longer = made([{ seed: 1, maxSteps: 500, progression: 1 }, { seed: 2 }]);
    expect(reportOf(first, longer).comparisons[0]?.caveats).toEqual([
      "worlds were played with different step limits",
      "B has open episodes, which count as 0",
    ]);
    expect(reportOf(first, first).comparisons[0]).toMatchObject({
      caveats: [],
      families: [{ ties: 5, difference: 0 }],
    });
  });
});

describe("the published worlds", () => {
  const worlds = Array.from({ length: 10 }, (_, index) => ({
    family: "crafter",
    seed: 42 + index,
    maxSteps: 2000,
    progression: 0.5,
  }));

  test.each([
    ["all of them", worlds, { played: 10, others: 0, same: true }],
    ["some", worlds.slice(0, 4), { played: 4, others: 0, same: false }],
    [
      "with another step limit",
      worlds.map((world) => ({ ...world, maxSteps: 100 })),
      { played: 0, others: 10, same: false },
    ],
  ])("%s", (_, played, standing) => {
    expect(reportOf(made(played)).runs[0]?.families[0]?.published).toEqual({ worlds: 10, ...standing });
  });
});
