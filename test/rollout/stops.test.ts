import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finished } from "../e2e/command-line.ts";
import { expectTidy, printedContent, RolloutPlace } from "./rollout-place.ts";

/** Budgets, Ctrl-C and servers that refuse: a run stops with what it has, says why, and goes on later. */

const concurrency = 4;
const tokensPerCall = 110;
const rollout = new RolloutPlace();
const { place } = rollout;
let undisturbed: unknown;

beforeAll(async () => {
  undisturbed = printedContent((await place.run(rollout.args("undisturbed"))).stdout);
});

afterAll(() => rollout[Symbol.asyncDispose]());

async function expectResumes(folder: string, ...more: readonly string[]): Promise<void> {
  const run = await place.run(rollout.resumeArgs(folder, ...more));
  expect(run).toMatchObject({ exitCode: 0 });
  expect(printedContent(run.stdout)).toEqual(undisturbed);
  expectTidy(place, folder);
}

/** Answered calls of a run, as its traces hold them. */
function recorded(folder: string): number {
  return rollout.recordedCalls(folder).size;
}

describe("budgets", () => {
  test.each([0, 2])(
    "tokens, with %i shards: passed by the calls under way at most, over all sessions",
    async (shards) => {
      const folder = `tokens-${shards}`;
      const run = await place.run(rollout.args(folder, "--max-tokens", "11000", "--shards", String(shards)));
      expect(run.exitCode).toBe(130);
      expect(run.stderr).toContain("interrupt.budget_tokens");
      expect(recorded(folder)).toBeGreaterThanOrEqual(100);
      expect(recorded(folder)).toBeLessThan(100 + concurrency);
      const asked = rollout.calls().length;
      const same = await place.run(rollout.resumeArgs(folder));
      expect(same.exitCode).toBe(130);
      expect(rollout.calls()).toHaveLength(asked);
      await expectResumes(folder, "--max-tokens", "1000000");
    },
  );

  test("money: prices of both directions, and of tokens from the cache", async () => {
    // A call costs 40 x 10 + 60 x 1 + 10 x 20 millionths of a dollar.
    const cost = ["--max-cost", "0.066", "--price", "10/20/1"];
    const run = await place.run(rollout.args("money", ...cost));
    expect(run.stderr).toContain("interrupt.budget_cost");
    expect(recorded("money")).toBeGreaterThanOrEqual(100);
    expect(recorded("money")).toBeLessThan(100 + concurrency);
    const { operational } = JSON.parse(run.stdout) as { operational: { cost: number; cacheHitRate: number } };
    expect(operational.cost).toBeCloseTo((660 * recorded("money")) / 1e6, 9);
    expect(operational.cacheHitRate).toBeCloseTo(0.6, 9);
    await expectResumes("money", "--max-cost", "100");
  });

  test("what a resume sets holds for those after it", async () => {
    const begun = await place.run(rollout.args("tightened", "--max-tokens", "5500"));
    expect(begun.exitCode).toBe(130);
    expect((await place.run(rollout.resumeArgs("tightened", "--max-tokens", "11000"))).exitCode).toBe(130);
    const asked = rollout.calls().length;
    expect(recorded("tightened")).toBeGreaterThanOrEqual(100);
    expect((await place.run(rollout.resumeArgs("tightened"))).exitCode).toBe(130);
    expect(rollout.calls()).toHaveLength(asked);
  });

  test("the summary says what was used, also where no episode is over", async () => {
    const args = rollout.args("early", "--max-tokens", "1100").filter((arg) => arg !== "--json");
    const { stdout } = await place.run(args);
    expect(stdout).toContain("\nin results: 0 calls, 0 tokens in, 0 out\n");
    expect(stdout).toContain(`\nthis session: ${recorded("early")} calls, `);
  });

  test("money without prices is refused before anything is written", async () => {
    for (const more of [[], ["--dry-run"]]) {
      const run = await place.run(rollout.args("unpriced", "--max-cost", "1", ...more));
      expect(run.exitCode).toBe(2);
      expect(run.stderr).toContain("--price");
    }
    expect(place.entries()).not.toContain("unpriced");
  });

  test("minutes", async () => {
    rollout.onRequest = () => Bun.sleep(30);
    const run = await place.run(rollout.args("minutes", "--max-minutes", "0.02"));
    rollout.onRequest = () => {};
    expect(run).toMatchObject({ exitCode: 130 });
    expect(run.stderr).toContain("interrupt.budget_minutes");
    await expectResumes("minutes", "--max-minutes", "10");
  });
});

describe("stopping", () => {
  test("Ctrl-C lets calls under way be answered and recorded", async () => {
    rollout.onRequest = () => Bun.sleep(50);
    const asked = rollout.calls().length;
    const child = place.start(rollout.args("interrupted"));
    while (rollout.calls().length < asked + 20) await Bun.sleep(10);
    child.kill("SIGINT");
    const run = await finished(child);
    rollout.onRequest = () => {};
    expect(run).toMatchObject({ exitCode: 130 });
    expect(recorded("interrupted")).toBe(rollout.calls().length - asked);
    expect(tokensPerCall * recorded("interrupted")).toBe(tokensOf(run.stdout));
    await expectResumes("interrupted");
  });

  test("a key that is refused ends the run instead of trying every episode", async () => {
    const asked = rollout.calls().length;
    rollout.faults = ({ index }) => (index - asked > 60 ? { kind: "status", status: 401 } : null);
    const run = await place.run(rollout.args("refused"));
    rollout.faults = () => null;
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain("model.unauthorized");
    expect(rollout.calls().length - asked).toBeLessThan(60 + 3 * concurrency);
    await expectResumes("refused");
  });

  test("a server that breaks on one call voids that episode; a resume tries it again", async () => {
    rollout.faults = ({ callId }) => (callId.startsWith("9.") ? { kind: "status", status: 501 } : null);
    const run = await place.run(rollout.args("broken"));
    rollout.faults = () => null;
    expect(run.exitCode).toBe(4);
    const { totals, operational } = JSON.parse(run.stdout) as {
      totals: { open: number };
      operational: { open: Record<string, { code: string; boundary: string }> };
    };
    expect(totals.open).toBe(6);
    expect(Object.values(operational.open)[0]).toMatchObject({ code: "model.not_supported", boundary: "model" });
    await expectResumes("broken");
  });
});

function tokensOf(stdout: string): number {
  const { operational } = JSON.parse(stdout) as { operational: { promptTokens: number; outputTokens: number } };
  return operational.promptTokens + operational.outputTokens;
}

describe("--concurrency auto", () => {
  test("gives way to a server that refuses more than it can take, and loses nothing", async () => {
    let inside = 0;
    rollout.onRequest = async () => {
      inside += 1;
      await Bun.sleep(5);
      inside -= 1;
    };
    rollout.faults = () => (inside >= 3 ? { kind: "status", status: 429, headers: { "retry-after-ms": "20" } } : null);
    const run = await place.run(rollout.args("busy", "--concurrency", "auto"));
    rollout.faults = () => null;
    rollout.onRequest = () => {};
    expect(run).toMatchObject({ exitCode: 0 });
    expect(printedContent(run.stdout)).toEqual(undisturbed);
    const { operational } = JSON.parse(run.stdout) as {
      operational: { failedTries: number; concurrency: { level: number } };
    };
    expect(operational.failedTries).toBeGreaterThan(0);
    expect(operational.concurrency.level).toBeLessThan(8);
  });
});
