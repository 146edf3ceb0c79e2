import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CrashLog } from "./crash-log.ts";
import type { Crash } from "./engine.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-crashes-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const id = "e".repeat(64);

function crash(): Crash {
  const episode = { id, family: "tower", task: "climb", seed: 3, step: 5, action: "up" };
  return { at: new Date(0).toISOString(), shard: 0, cause: "SIGSEGV", episode };
}

test("counts those that are blamed on an episode, also of earlier sessions", () => {
  const log = new CrashLog(folder);
  log.add(crash(), true);
  log.add(crash(), false);
  expect(log.crashesOf(id)).toBe(1);
  expect(new CrashLog(folder).crashesOf(id)).toBe(1);
});

test("a torn last line swallows nothing that comes after it", () => {
  new CrashLog(folder).add(crash(), true);
  appendFileSync(join(folder, "crashes.jsonl"), '{"at":"20');
  const log = new CrashLog(folder);
  log.add(crash(), true);
  log.add(crash(), true);
  expect(new CrashLog(folder).crashesOf(id)).toBe(3);
  expect(readFileSync(join(folder, "crashes.jsonl"), "utf8").split("\n")).toHaveLength(5);
});
