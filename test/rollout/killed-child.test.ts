import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { finished } from "../e2e/command-line.ts";
import { expectTidy, printedContent, RolloutPlace } from "./rollout-place.ts";

/** A child process killed from outside, for want of memory or by hand: replaced, blamed on nobody, and no recorded call is asked again. */

const rollout = new RolloutPlace();
const { place } = rollout;

afterAll(() => rollout[Symbol.asyncDispose]());

/** The process that writes an episode of the run, from its lock. */
function writerOf(folder: string): number | null {
  const episodes = place.in(folder, "episodes");
  if (!existsSync(episodes)) return null;
  for (const id of readdirSync(episodes)) {
    try {
      return (JSON.parse(readFileSync(`${episodes}/${id}/lock`, "utf8")) as { pid: number }).pid;
    } catch {
      // Over, or not begun.
    }
  }
  return null;
}

test("children killed with SIGKILL", async () => {
  const alone = await place.run(rollout.args("undisturbed"));
  const asked = rollout.calls().length;
  const child = place.start(rollout.args("killed", "--shards", "2"));
  const moments = new Set([30, 90, 150]);
  let kills = 0;
  rollout.onRequest = (count) => {
    if (!moments.has(count - asked)) return;
    const pid = writerOf("killed");
    if (pid === null || pid === child.pid) return;
    try {
      process.kill(pid, "SIGKILL");
      kills += 1;
    } catch {
      // The lock of one that is dead already.
    }
  };
  const run = await finished(child);
  rollout.onRequest = () => {};
  expect(run).toMatchObject({ exitCode: 0 });
  expect(kills).toBeGreaterThan(0);
  expect(printedContent(run.stdout)).toEqual(printedContent(alone.stdout));
  expect(rollout.contentOf("killed")).toEqual(rollout.contentOf("undisturbed"));
  // Each kill loses at most the calls under way.
  expect(rollout.calls().length - 2 * asked).toBeLessThanOrEqual(4 * kills);
  const crashes = readFileSync(place.in("killed", "crashes.jsonl"), "utf8").trim().split("\n");
  expect(crashes).toHaveLength(kills);
  for (const line of crashes) expect(JSON.parse(line)).toMatchObject({ cause: "SIGKILL", blamed: false });
  expectTidy(place, "killed");
});
