import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { openTraceReader } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { towerArgs, Workplace } from "./command-line.ts";
import { ServedTower } from "./served-tower.ts";

/** Memory belongs to its episode: no other one touches it, none leaks in, and the trace alone gives it back. */

const place = new Workplace();
const play = (seed: number, out: string) =>
  place.run(["episode", ...towerArgs, "--seed", String(seed), "--max-steps", "60", "--out", out, "--quiet"]);

function memoryOf(folder: string): Record<string, string> {
  const names = readdirSync(place.in(folder, "memory"), { recursive: true, encoding: "utf8" });
  return Object.fromEntries(names.map((name) => [name, readFileSync(place.in(folder, "memory", name), "utf8")]));
}

beforeAll(async () => {
  expect((await play(1, "first")).exitCode).toBe(0);
});
afterAll(() => place[Symbol.dispose]());

describe("memory of an episode", () => {
  test("I-19 a later episode leaves the final memory of an earlier one alone", async () => {
    const before = memoryOf("first");
    expect((await play(2, "second")).exitCode).toBe(0);
    expect(Object.values(before).join("")).not.toBe("");
    expect(memoryOf("first")).toEqual(before);
  });

  test("I-19 the trace alone holds the final memory, without the live directory", () => {
    const live = memoryOf("first");
    rmSync(place.in("first", "memory"), { recursive: true });
    const reader = openTraceReader(place.in("first"));
    const image = reader.memoryAt(reader.stepCount - 1, "end");
    reader.close();
    expect(image.files).toEqual(live);
  });

  test("I-20 a resume starts from fresh memory: what lies in the directory never leaks into the attempt", async () => {
    await using tower = new ServedTower();
    const started = place.start(tower.args("third"));
    tower.onRequest = (count) => count === 25 && started.kill("SIGKILL");
    await started.exited;
    tower.onRequest = () => {};
    writeFileSync(place.in("third", "memory", "stale.txt"), "from another attempt\n");
    expect((await place.run(tower.resumeArgs("third"))).exitCode).toBe(0);
    expect(memoryOf("third")).not.toHaveProperty("stale.txt");
  });
});
