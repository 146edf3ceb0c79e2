import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { pocketScaffold, Workplace } from "../e2e/command-line.ts";

/** Nobody waits for ever: a step that never ends and an episode that takes too long void their episode, and no other. */

const place = new Workplace();
const late = fileURLToPath(new URL("../games/late-tower.ts", import.meta.url));
const outside = ["--env", late, "--scaffold", pocketScaffold, "--json", "--quiet"] as const;

afterAll(() => place[Symbol.dispose]());

interface Printed {
  readonly episodes: readonly { readonly id: string; readonly seed: number; readonly status: string }[];
  readonly operational: {
    readonly open: Readonly<
      Record<string, { readonly code: string; readonly boundary: string; readonly message: string }>
    >;
  };
}

test("deadlines on steps and episodes", async () => {
  const limits = ["--step-timeout", "1", "--episode-timeout", "0.05"];
  const run = await place.run([
    "rollout",
    "--worlds",
    "seeds:0-4",
    ...outside,
    "--max-steps",
    "40",
    ...limits,
    "--out",
    "late",
  ]);
  expect(run.exitCode).not.toBe(0);
  const { episodes, operational } = JSON.parse(run.stdout) as Printed;
  expect(episodes.map(({ status }) => status)).toEqual(["finished", "finished", "open", "open", "finished"]);
  const reason = (seed: number) => operational.open[episodes.find((one) => one.seed === seed)?.id ?? ""];
  expect(reason(2)).toMatchObject({ code: "environment.step_deadline", boundary: "environment" });
  expect(reason(2)?.message).toContain("step 3");
  expect(reason(3)).toMatchObject({ code: "interrupt.episode_deadline" });
  // A resume with more time plays on; what never answers stays void.
  const again = await place.run([
    "rollout",
    "--resume",
    "late",
    ...outside,
    "--step-timeout",
    "1",
    "--episode-timeout",
    "5",
  ]);
  expect((JSON.parse(again.stdout) as Printed).episodes.map(({ status }) => status)).toEqual([
    "finished",
    "finished",
    "open",
    "finished",
    "finished",
  ]);
});
