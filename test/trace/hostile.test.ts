import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTrace, openTraceReader, resumeTrace, sha256, TraceError, type TraceHeader } from "@metamem/core";
import { afterAll, describe, expect, test } from "vitest";
import { syntheticHeader } from "./synthetic-episode.ts";
import { TraceFolders } from "./trace-folders.ts";

const folders = new TraceFolders();
afterAll(() => folders.removeAll());

/** A folder with these events and texts, as somebody else could have made it. */
function forged(
  lines: readonly string[],
  texts: readonly string[] = [],
  entries: Buffer[] = texts.map(plainEntry(texts)),
): string {
  const dir = folders.empty();
  createTrace(dir, syntheticHeader).close();
  writeFileSync(join(dir, "events.jsonl"), lines.map((line) => `${line}\n`).join(""));
  writeFileSync(join(dir, "parts.pack"), texts.join(""));
  writeFileSync(join(dir, "parts.idx"), Buffer.concat(entries));
  return dir;
}

function entry(hash: string, offset: number, kind: number, stored: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(48);
  buffer.write(hash, 0, "hex");
  buffer.writeUIntLE(offset, 32, 6);
  buffer.writeUInt16LE(kind, 38);
  buffer.writeUInt32LE(stored, 40);
  buffer.writeUInt32LE(bytes, 44);
  return buffer;
}

function plainEntry(texts: readonly string[]): (text: string, at: number) => Buffer {
  return (text, at) => entry(sha256(text), texts.slice(0, at).join("").length, 0, text.length, text.length);
}

function line(seq: number, fields: object): string {
  return JSON.stringify({ seq, step: 0, ...fields, operational: { at: 0 } });
}

const hash = sha256("x");

describe("an episode folder from elsewhere", () => {
  test("names files that are only ever keys", () => {
    const names = ["../../escape.txt", "/absolute.txt", "__proto__", "constructor", "a\u0000b"];
    const files = `{${names.map((name) => `${JSON.stringify(name)}:"${hash}"`).join(",")}}`;
    const keyframe = `{"seq":0,"step":0,"kind":"mem.keyframe","files":${files},"storeHash":"${hash}","operational":{"at":0}}`;
    const dir = forged([keyframe], ["x"]);
    const reader = openTraceReader(dir);
    const { files: read } = reader.memoryAt(0);
    reader.close();
    expect(Object.keys(read).sort()).toEqual([...names].sort());
    expect(Object.values(read)).toEqual(names.map(() => "x"));
    resumeTrace(dir).sink.close();
    // Only these: other programs write into the folder above, too.
    for (const path of ["../../escape.txt", "../escape.txt", "absolute.txt", "memory"])
      expect(existsSync(join(dir, path)), path).toBe(false);
  });

  test("has texts that are not what their hash says", () => {
    const reader = openTraceReader(forged([], ["y"], [entry(hash, 0, 0, 1, 1)]));
    expect(() => reader.text(hash)).toThrow(TraceError);
    expect(() => reader.text("../../../etc/passwd")).toThrow("holds no text");
    expect(() => reader.text("")).toThrow("holds no text");
    reader.close();
  });

  test("has index entries that claim too much", () => {
    const numbers = Buffer.alloc(4);
    const claims = [
      entry(hash, 0, 0, 0xffffffff, 0xffffffff),
      entry(hash, 0xffffffffffff, 0, 8, 8),
      // A list that names itself, one that names a later entry, one whose pieces are longer than it says.
      entry(hash, 0, 1, 4, 4),
      Buffer.concat([entry(hash, 0, 1, 4, 1), entry(sha256("z"), 0, 1, 4, 1)]),
      entry(hash, 0, 7, 4, 4),
    ];
    for (const claim of claims) {
      const reader = openTraceReader(forged([], [numbers.toString("latin1")], [claim]));
      expect(() => reader.text(hash)).toThrow(TraceError);
      reader.close();
    }
  });

  test("has events that are none", () => {
    const bad = [
      "{}",
      "null",
      "[]",
      "1",
      '{"seq":0}',
      line(0, { kind: "unknown" }),
      line(0, { kind: "phase.start", phase: "log", extra: 1 }),
    ];
    for (const text of bad) {
      const dir = forged([text]);
      const reader = openTraceReader(dir);
      expect(() => {
        // Either nothing was taken for an event, or reading it is refused.
        if ([...reader.events()].length === 0) throw new TraceError("none", "no events");
      }, text).toThrow(TraceError);
      reader.close();
      const { events, sink } = resumeTrace(dir);
      expect(events, text).toBe(0);
      sink.close();
    }
  });

  test("has pictures that do not fit their size", () => {
    const frames = [
      { key: true, width: 1e6, height: 1e6, cells: [0, 1], gauges: [] },
      { key: true, width: 2, height: 2, cells: [0, 5], gauges: [] },
      { key: true, width: 2, height: 2, cells: [0, 3], gauges: [] },
      { key: false, cells: [0, 1], values: [] },
    ];
    for (const frame of frames) {
      const shown = {
        kind: "obs",
        longTerm: hash,
        shortTerm: hash,
        features: hash,
        turn: 0,
        reward: 0,
        terminated: false,
        truncated: false,
      };
      const reader = openTraceReader(forged([line(0, { ...shown, progression: 0, milestones: [], frame })], ["x"]));
      expect(() => reader.frameAt(0)).toThrow(TraceError);
      reader.close();
    }
  });

  test("has memory changes that do not fit", () => {
    const mem = (delta: object) =>
      line(0, { kind: "mem", opId: "o", delta: { file: "f", storeHash: hash, bytes: 1, ...delta } });
    const create = { change: "create", text: "abc", before: null, after: sha256("abc") };
    const bad = [
      [{ change: "append", text: "b", before: hash, after: hash }],
      [{ ...create, after: hash }],
      [create, { change: "splice", splices: [{ at: 2, remove: 9, insert: "" }], before: sha256("abc"), after: hash }],
      [
        create,
        {
          change: "splice",
          splices: [
            { at: 2, remove: 0, insert: "" },
            { at: 1, remove: 0, insert: "" },
          ],
          before: sha256("abc"),
          after: hash,
        },
      ],
    ];
    for (const deltas of bad) {
      const reader = openTraceReader(forged(deltas.map((delta, seq) => mem(delta).replace('"seq":0', `"seq":${seq}`))));
      expect(() => reader.memoryAt(0)).toThrow(TraceError);
      reader.close();
    }
  });
});

describe("a header", () => {
  function withHeader(change: (text: string) => string): string {
    const dir = folders.empty();
    createTrace(dir, syntheticHeader).close();
    const path = join(dir, "header.json");
    writeFileSync(path, change(readFileSync(path, "utf8")));
    return dir;
  }

  test("of another version is refused", () => {
    const dir = withHeader((text) => text.replace("metamem.trace/1", "metamem.trace/9"));
    for (const open of [openTraceReader, resumeTrace])
      expect(() => open(dir)).toThrow(/schema "metamem.trace\/9" is not "metamem.trace\/1"; read it with/);
  });

  test("that was changed is refused", () => {
    const dir = withHeader((text) => text.replace('"maxSteps": 20000', '"maxSteps": 20001'));
    for (const open of [openTraceReader, resumeTrace])
      expect(() => open(dir)).toThrow("was changed after it was written");
  });

  test("that was only laid out anew is accepted", () => {
    const dir = withHeader((text) => JSON.stringify(JSON.parse(text)));
    const reader = openTraceReader(dir);
    expect(reader.header).toEqual(syntheticHeader);
    expect(reader.stepCount).toBe(0);
    expect(reader.lastEvent()).toBeNull();
    expect(reader.result()).toBeNull();
    reader.close();
  });

  test("that is none is refused", () => {
    for (const text of ["", "[]", "{", "null", '"x"'])
      expect(() => openTraceReader(withHeader(() => text))).toThrow(TraceError);
    const missing = folders.empty();
    mkdirSync(join(missing, "memory"));
    expect(() => resumeTrace(missing)).toThrow("nothing was recorded there");
    expect(readdirSync(missing)).toEqual(["memory"]);
  });

  test("with the right hash and a wrong shape is refused", () => {
    const dir = folders.empty();
    createTrace(dir, { ...syntheticHeader, maxSteps: -1 } as TraceHeader).close();
    expect(() => openTraceReader(dir)).toThrow(/maxSteps/);
  });
});
