import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SetupError } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolveConfig } from "./config.ts";
import { RunFolder } from "./run-folder.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunRow } from "./run-result.ts";

let place = "";
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "metamem-run-"));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const id = "a".repeat(64);
const { play, operation } = resolveConfig({});
const record: RunRecord = {
  schema: "metamem.run/1",
  plan: id,
  config: play,
  families: [],
  scaffold: { name: "x", hash: id },
  tasks: {},
  episodes: [],
  operational: { createdAt: new Date(0).toISOString(), code: { version: "0", bun: "0" }, operation },
};

function row(progression: number): RunRow {
  return {
    schema: "metamem.run-episode/1",
    id,
    family: "x",
    task: "y",
    seed: 1,
    repetition: 0,
    status: "set_aside",
    error: null,
    progression,
    result: null,
    operational: { settledAt: new Date(0).toISOString() },
  };
}

function killed(): never {
  throw new SetupError("killed", "killed");
}

describe("RunFolder", () => {
  test("is created once", () => {
    const path = join(place, "once");
    RunFolder.create(path, record);
    expect(() => RunFolder.create(path, record)).toThrow("--resume");
    expect(() => RunFolder.checkFree(path)).toThrow("--resume");
    expect(RunFolder.open(path).record).toEqual(record);
  });

  test("keeps the first result, whoever comes second", () => {
    const run = RunFolder.create(join(place, "first"), record);
    expect(run.result(id)).toBeNull();
    expect([run.commit(row(0.1)), run.commit(row(0.2))]).toEqual([true, false]);
    expect(run.result(id)?.progression).toBe(0.1);
    expect([...run.settledIds()]).toEqual([id]);
  });

  test("says how to get a damaged result back", () => {
    const run = RunFolder.create(join(place, "damaged"), record);
    writeFileSync(join(run.path, "results", `${id}.json`), "");
    expect(() => run.result(id)).toThrow(`${id}.json is damaged, it cannot be read as JSON: remove it`);
    writeFileSync(join(run.path, "run.json"), "{");
    expect(() => RunFolder.open(run.path)).toThrow("restore it from a copy");
  });

  test("a start that was killed leaves nothing in the way", () => {
    const path = join(place, "killed");
    mkdirSync(join(path, "results"), { recursive: true });
    writeFileSync(join(path, "run.json.1-1.tmp"), "{");
    writeFileSync(join(path, "results", `${id}.json.1-2.tmp`), "{");
    RunFolder.checkFree(path);
    const run = RunFolder.create(path, record);
    expect(run.settledIds().size).toBe(0);
    run.tidy();
    expect(readdirSync(path, { recursive: true }).sort()).toEqual(["episodes", "results", "run.json"]);
  });

  test("says what is wrong with a path where no folder can be", () => {
    const file = join(place, "file");
    writeFileSync(file, "mine");
    expect(() => RunFolder.checkFree(file)).toThrow("is a file");
    expect(() => RunFolder.checkFree(join(file, "run"))).toThrow(`cannot read the folder ${join(file, "run")}`);
    expect(() => RunFolder.checkFree("")).toThrow("name a folder");
  });

  test("keeps the old record when the plan changes, and is a run if the new one cannot be written", () => {
    const run = RunFolder.create(join(place, "changed"), record);
    const changed = { ...record, plan: "b".repeat(64) };
    expect(() => run.replaceRecord({ ...changed, toJSON: killed } as RunRecord)).toThrow("killed");
    expect(RunFolder.open(run.path).record).toEqual(record);
    run.replaceRecord(changed);
    expect(RunFolder.open(run.path).record).toEqual(changed);
    const kept = readdirSync(join(run.path, "replaced")).map((name) => join(run.path, "replaced", name));
    expect(kept.map((path) => JSON.parse(readFileSync(path, "utf8")))).toEqual([record, record]);
  });

  test("refuses a folder with other things in it, and a damaged record", () => {
    const path = join(place, "other");
    mkdirSync(path);
    writeFileSync(join(path, "notes.txt"), "mine");
    expect(() => RunFolder.checkFree(path)).toThrow("not empty");
    expect(() => RunFolder.open(path)).toThrow("no run");
    writeFileSync(join(path, "run.json"), '{"schema":"metamem.run/1"}');
    expect(() => RunFolder.open(path)).toThrow("run.json");
  });
});
