import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SetupError, TraceError, UsageError } from "../errors.ts";
import { readHeader, readResult, writeResult } from "./episode-folder.ts";
import type { TraceHeader } from "./events.ts";
import { createTrace } from "./writer.ts";

const hash = "0".repeat(64);
const header: TraceHeader = {
  schema: "metamem.trace/1",
  episodeId: "e",
  startedAt: "2026-01-05T09:00:00.000Z",
  task: {},
  taskHash: hash,
  world: { seed: 1, extra: { clock: 5 } },
  family: { name: "f", version: "1", provenance: {} },
  scaffold: { name: "s", hash },
  protocol: {},
  samplingSeed: 1,
  maxSteps: 5,
  roles: { memory: {}, gameplay: {} },
  code: { version: "0", bun: "0" },
  view: {},
};

describe("an episode folder", () => {
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "folder-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test("is made, with its header first", () => {
    const folder = join(dir, "a/b");
    createTrace(folder, header).close();
    expect(readHeader(folder)).toEqual(header);
    expect(readdirSync(folder).sort()).toEqual(["events.jsonl", "header.json", "parts.idx", "parts.pack", "steps.idx"]);
  });

  test("holds one episode, which one process writes", () => {
    const sink = createTrace(dir, header);
    expect(() => createTrace(dir, header)).toThrow("is being written by process");
    sink.close();
    expect(() => createTrace(dir, header)).toThrow(UsageError);
    expect(() => createTrace(dir, header)).toThrow(
      "already holds an episode; choose another folder, or continue it with --resume",
    );
    expect(readdirSync(dir)).not.toContain("lock");
  });

  test("that cannot be made or written is a set-up error", () => {
    writeFileSync(join(dir, "file"), "");
    expect(() => createTrace(join(dir, "file/inside"), header)).toThrow(SetupError);
    mkdirSync(join(dir, "blocked/header.json.tmp"), { recursive: true });
    expect(() => createTrace(join(dir, "blocked"), header)).toThrow(SetupError);
    expect(readdirSync(join(dir, "blocked"))).toEqual(["header.json.tmp"]);
  });

  test("keeps a result, whole", () => {
    expect(readResult(dir)).toBeNull();
    writeResult(dir, { schema: "x", steps: 1 });
    writeResult(dir, { schema: "x", steps: 2 });
    expect(readResult(dir)).toEqual({ schema: "x", steps: 2 });
    expect(readdirSync(dir)).toEqual(["result.json"]);
    writeFileSync(join(dir, "result.json"), '{"steps":');
    expect(() => readResult(dir)).toThrow(TraceError);
  });
});
