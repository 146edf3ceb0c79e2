import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTrace, openTraceReader, readHeader, type TraceReader } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = join(import.meta.dirname, "handwritten");
const callNumber = { first: "0.commit.0", log: "1.log.0", second: "1.commit.1" };

describe("the trace written by hand", () => {
  let reader: TraceReader;

  beforeAll(() => {
    reader = openTraceReader(folder);
  });

  afterAll(() => reader.close());

  test("is understood as a whole", () => {
    const events = [...reader.events()];
    expect(events.map((event) => event.seq)).toEqual(events.map((_event, at) => at));
    expect(events).toHaveLength(24);
    expect(reader.stepCount).toBe(3);
    expect(reader.lastEvent()?.kind).toBe("episode.end");
    expect(reader.header.episodeId).toBe("corridor-five-7");
  });

  test("gives a step by its number", () => {
    const kinds = [...reader.events(0, 0)].map((event) => event.kind);
    expect(kinds).toEqual(["mem.keyframe", "obs", "phase.start", "call", "phase.end", "action"]);
    expect(reader.last(1, "action")?.executed).toBe("East");
    expect(() => [...reader.events(3, 3)]).toThrow("no step 3; the trace holds steps 0 to 2");
  });

  test("rebuilds prompts", () => {
    expect(reader.messages(0, callNumber.first)).toEqual([
      {
        role: "system",
        content:
          "You walk along a corridor of five cells and look for the exit.\nActions: West, East.\n\n" +
          "To look something up write <|SEARCH|>file|keywords<|END|>.\nTo act write <|ACTION|>name<|END|>.",
      },
      { role: "user", content: "Files: notes.txt (1 line)\n\nYou stand in cell 2 of 5.\n\nFacing: wall." },
    ]);
    const second = reader.messages(1, callNumber.second);
    expect(second.map((message) => message.role)).toEqual(["system", "user", "assistant", "user"]);
    expect(second.at(2)?.content).toBe("<|SEARCH|>notes.txt|open<|END|>");
    expect(second.at(3)?.content).toContain("2: step 0: East is open.");
    expect(() => reader.messages(0, callNumber.log)).toThrow("no call 1.log.0 in this step");
  });

  test("rebuilds memory", () => {
    const before = "# notes\n";
    const after = "# notes\nstep 0: East is open.\n";
    expect(reader.memoryAt(0, "start").files).toEqual({ "notes.txt": before });
    expect(reader.memoryAt(1, "start").files).toEqual({ "notes.txt": before });
    expect(reader.memoryAt(1).files).toEqual({ "notes.txt": after });
    expect(reader.memoryAt(2)).toEqual(reader.memoryAt(1));
    expect(readFileSync(join(folder, "memory/notes.txt"), "utf8")).toBe(after);
  });

  test("rebuilds pictures", () => {
    expect([...reader.frameAt(0).cells]).toEqual([0, 1, 0, 2, 0]);
    expect([...reader.frameAt(1).cells]).toEqual([0, 0, 1, 2, 0]);
    expect([...reader.frameAt(2).cells]).toEqual([0, 0, 0, 1, 0]);
    expect(reader.frameAt(1).gauges).toEqual([{ label: "steps left", value: 1, max: 2 }]);
  });

  test("is what the writer makes of the same events", () => {
    const copy = mkdtempSync(join(tmpdir(), "trace-"));
    const sink = createTrace(copy, readHeader(folder));
    for (const text of textsInOrder()) sink.blob(text);
    for (const event of reader.events()) sink.append(event);
    sink.close();
    for (const name of ["parts.pack", "parts.idx"]) {
      expect(readFileSync(join(copy, name)).equals(readFileSync(join(folder, name))), name).toBe(true);
    }
    // Offsets depend on the digits of the times.
    const withoutOffsets = (dir: string) =>
      [0, 1, 2].map((step) => readFileSync(join(dir, "steps.idx")).toString("hex", step * 24 + 8, step * 24 + 24));
    expect(withoutOffsets(copy)).toEqual(withoutOffsets(folder));
    const withoutTimes = (dir: string) => readFileSync(join(dir, "events.jsonl"), "utf8").replaceAll(/"at":\d+/g, "");
    expect(withoutTimes(copy)).toBe(withoutTimes(folder));
    rmSync(copy, { recursive: true });
  });

  function textsInOrder(): string[] {
    const index = readFileSync(join(folder, "parts.idx"));
    const entries = Array.from({ length: index.length / 48 }, (_none, at) => index.subarray(at * 48, at * 48 + 32));
    return entries.map((hash) => reader.text(hash.toString("hex")));
  }
});
