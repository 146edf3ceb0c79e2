import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Finished, pocketScaffold, Workplace } from "../e2e/command-line.ts";

/** Games that kill their process or never answer: their siblings play on, and they are named. */

const place = new Workplace();
const brittle = fileURLToPath(new URL("../games/brittle-tower.ts", import.meta.url));
const args = ["--env", brittle, "--scaffold", pocketScaffold, "--max-steps", "20", "--json", "--quiet"] as const;
const env = { BRITTLE_MARKER: place.in("marker") };
let run: Finished;

beforeAll(async () => {
  const how = ["--shards", "2", "--concurrency", "4", "--step-timeout", "4"];
  run = await place.run(["rollout", "--worlds", "seeds:0-5", ...args, ...how, "--out", "brittle"], env);
}, 180_000);

afterAll(() => place[Symbol.dispose]());

interface Printed {
  readonly totals: Record<string, number>;
  readonly episodes: readonly {
    readonly seed: number;
    readonly status: string;
    readonly steps: number | null;
    readonly error: { readonly code: string } | null;
  }[];
  readonly operational: { readonly crashes: number };
}

interface CrashLine {
  readonly cause: string;
  readonly blamed: boolean;
  readonly episode: {
    readonly seed: number;
    readonly step: number;
    readonly action: string;
    readonly family: string;
  } | null;
}

function crashes(): CrashLine[] {
  const text = readFileSync(place.in("brittle", "crashes.jsonl"), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as CrashLine);
}

describe("a sharded run of a game that crashes", () => {
  test("gives every episode a result and ends well", () => {
    expect(run.exitCode).toBe(0);
    const { totals, episodes } = JSON.parse(run.stdout) as Printed;
    expect(totals).toMatchObject({ episodes: 6, finished: 4, setAside: 2, open: 0 });
    const status = Object.fromEntries(episodes.map(({ seed, status }) => [seed, status]));
    expect(status).toEqual({
      0: "finished",
      1: "finished",
      2: "set_aside",
      3: "finished",
      4: "set_aside",
      5: "finished",
    });
    expect(episodes[2]?.error?.code).toBe("environment.crash");
  });

  test("records environment, seed, step and action of each death", () => {
    const of = (seed: number) => crashes().filter(({ episode }) => episode?.seed === seed);
    expect(of(2)).toHaveLength(3);
    for (const crash of of(2)) expect(crash).toMatchObject({ blamed: true, episode: { family: "brittle", step: 7 } });
    expect(["West", "East", "Open"]).toContain(of(2)[0]?.episode?.action);
    expect(of(3)).toHaveLength(1);
    expect(of(3)[0]?.episode?.step).toBe(4);
    expect(of(4)).toHaveLength(3);
    expect(of(4)[0]).toMatchObject({ cause: "no sign of life for 5 s", episode: { step: 5 } });
  });

  test("does not change what the others play", async () => {
    const alone = await place.run(["rollout", "--worlds", "seeds:5", ...args, "--out", "alone"], env);
    const [episode] = (JSON.parse(alone.stdout) as Printed).episodes;
    expect((JSON.parse(run.stdout) as Printed).episodes[5]).toEqual(episode);
  });

  test("plays nothing again when it is resumed", async () => {
    const again = await place.run(
      ["rollout", "--resume", "brittle", "--env", brittle, "--scaffold", pocketScaffold, "--json", "--quiet"],
      env,
    );
    expect(again.exitCode).toBe(0);
    expect((JSON.parse(again.stdout) as Printed).episodes).toEqual((JSON.parse(run.stdout) as Printed).episodes);
    expect(crashes()).toHaveLength(7);
  });
});
