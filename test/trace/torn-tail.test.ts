import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openTraceReader, resumeTrace } from "@metamem/core";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { SyntheticEpisode } from "./synthetic-episode.ts";
import { contentOf, TraceFolders } from "./trace-folders.ts";

const steps = 12;
const files = ["events.jsonl", "parts.pack", "parts.idx", "steps.idx"] as const;

describe("a trace whose files end anywhere", () => {
  const folders = new TraceFolders();
  const whole = folders.played(steps);
  const content = contentOf(whole);
  afterAll(() => folders.removeAll());

  /** For each file the part that is kept, in any combination: what a reader must live with. */
  const lengths = fc.tuple(...files.map(() => fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }))));

  /**
   * What a kill can leave: texts lie before the events that name them, so after events that are cut the texts may end anywhere behind
   * those still named. steps.idx is derived and may end anywhere.
   */
  const killed = fc.record({
    events: fc.nat(),
    text: fc.nat(),
    half: fc.boolean(),
    steps: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  function leftByKill({
    events,
    text,
    half,
    steps,
  }: {
    events: number;
    text: number;
    half: boolean;
    steps: number;
  }): string {
    const dir = folders.copy(whole);
    const keep = (name: string, bytes: number) => truncateSync(join(dir, name), bytes);
    const kept = events % (statSync(join(dir, "events.jsonl")).size + 1);
    const lines = readFileSync(join(dir, "events.jsonl")).subarray(0, kept).toString("latin1").split("\n").length - 1;
    keep("events.jsonl", kept);
    const index = readFileSync(join(whole, "parts.idx"));
    const count = index.length / 48;
    const named = index.toString("latin1");
    let least = 0;
    for (const event of content.events.slice(0, lines)) {
      for (const [hash] of JSON.stringify(event).matchAll(/[0-9a-f]{64}/g)) {
        const at = named.indexOf(Buffer.from(hash, "hex").toString("latin1"));
        if (at >= 0 && at % 48 === 0) least = Math.max(least, at / 48 + 1);
      }
    }
    const entries = least + (text % (count - least + 1));
    keep("parts.idx", Math.min(index.length, entries * 48 + (half ? 20 : 0)));
    const packEnd = entries === 0 ? 0 : index.readUIntLE(entries * 48 - 16, 6) + index.readUInt32LE(entries * 48 - 8);
    keep("parts.pack", Math.min(statSync(join(dir, "parts.pack")).size, packEnd + (half ? 7 : 0)));
    keep("steps.idx", Math.floor(statSync(join(dir, "steps.idx")).size * steps));
    return dir;
  }

  function expectRefused(dir: string, message: RegExp): void {
    const before = readdirSync(dir).map((name) => [name, readFileSync(join(dir, name))]);
    expect(() => resumeTrace(dir)).toThrow(
      expect.objectContaining({ code: "trace.damaged", message: expect.stringMatching(message) }),
    );
    expect(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name))])).toEqual(before);
  }

  function torn(kept: readonly number[]): string {
    const dir = folders.copy(whole);
    for (const [at, name] of files.entries()) {
      const path = join(dir, name);
      truncateSync(path, Math.floor(statSync(path).size * (kept[at] ?? 1)));
    }
    return dir;
  }

  test("is read up to a prefix, without being changed", () => {
    fc.assert(
      fc.property(lengths, (kept) => {
        const dir = torn(kept);
        const before = files.map((name) => readFileSync(join(dir, name)));
        const reader = openTraceReader(dir);
        const events = [...reader.events()].map(({ operational: _operational, ...event }) => event);
        expect(events).toEqual(content.events.slice(0, events.length));
        const complete = readFileSync(join(dir, "events.jsonl"), "utf8").split("\n").length - 1;
        expect(events.length).toBe(complete);
        reader.close();
        expect(files.map((name) => readFileSync(join(dir, name)))).toEqual(before);
        rmSync(dir, { recursive: true });
      }),
      { numRuns: 60 },
    );
  });

  test("is cut to a prefix that verifies, and resumed to the same content", () => {
    fc.assert(
      fc.property(killed, (kept) => {
        const dir = leftByKill(kept);
        const resumed = resumeTrace(dir);
        resumed.sink.close();
        const prefix = contentOf(dir);
        expect(prefix.events).toEqual(content.events.slice(0, resumed.events));
        expect(resumed.ended).toBe(resumed.events === content.events.length);

        const again = resumeTrace(dir);
        expect(again.cutBytes).toBe(0);
        const episode = new SyntheticEpisode(again.sink);
        episode.play(steps);
        expect(contentOf(dir)).toEqual(content);
        // Every recorded call was taken from the trace; the others were asked once.
        expect(episode.asked.length * 2).toBe(content.prompts.length - prefix.prompts.length);
        for (const name of ["parts.pack", "parts.idx"]) {
          expect(readFileSync(join(dir, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
        }
        rmSync(dir, { recursive: true });
      }),
      { numRuns: 60 },
    );
  });

  test("is refused, unchanged, when the pack lacks texts of events that are not the last", () => {
    for (const name of ["parts.pack", "parts.idx"]) {
      const dir = folders.copy(whole);
      truncateSync(join(dir, name), statSync(join(dir, name)).size >> 1);
      expectRefused(
        dir,
        /events\.jsonl: line \d+ names texts that parts\.pack has not whole, and whole events follow; restore/,
      );
      rmSync(join(dir, name));
      expectRefused(dir, /events\.jsonl: line \d+ names texts/);
    }
  });

  test("may be missing files altogether", () => {
    const dir = folders.copy(whole);
    for (const name of files) rmSync(join(dir, name));
    const { sink, events } = resumeTrace(dir);
    expect(events).toBe(0);
    new SyntheticEpisode(sink).play(steps);
    expect(contentOf(dir)).toEqual(content);
  });

  test("is refused, unchanged, when whole events follow damage, and loses a damaged end", () => {
    const dir = folders.copy(whole);
    const path = join(dir, "events.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    const unlike = (lines[40] ?? "").replace('"kind":"', '"kind":"un');
    writeFileSync(path, lines.with(40, unlike).join("\n"));
    expectRefused(dir, /events\.jsonl: line 41 is damaged, and whole events follow; .* keep only the first 40 lines/);
    writeFileSync(path, lines.toSpliced(40, 1).join("\n"));
    expectRefused(dir, /events\.jsonl: line 41 does not continue the line before; /);
    writeFileSync(path, [...lines.slice(0, -1), lines[0], ""].join("\n"));
    expectRefused(dir, /does not continue/);
    writeFileSync(path, [...lines.slice(0, 40), unlike, "{}", ""].join("\n"));
    const { sink, events, cutBytes } = resumeTrace(dir);
    expect(events).toBe(40);
    expect(cutBytes).toBeGreaterThanOrEqual(unlike.length + 4);
    sink.close();
  });

  test("is refused, unchanged, when a text of its middle is damaged", () => {
    const dir = folders.copy(whole);
    const pack = readFileSync(join(dir, "parts.pack"));
    const middle = pack.length >> 1;
    pack[middle] = (pack[middle] ?? 0) ^ 1;
    writeFileSync(join(dir, "parts.pack"), pack);
    expectRefused(dir, /names texts that parts\.pack has not whole/);
  });

  test("is resumed over texts that no event names yet", () => {
    const dir = folders.copy(whole);
    truncateSync(join(dir, "events.jsonl"), statSync(join(dir, "events.jsonl")).size >> 1);
    appendFileSync(join(dir, "parts.pack"), "half a text");
    const { sink, cutBytes } = resumeTrace(dir);
    expect(cutBytes).toBeGreaterThan("half a text".length);
    new SyntheticEpisode(sink).play(steps);
    expect(contentOf(dir)).toEqual(content);
  });

  test("is read with an index that belongs to something else", () => {
    const dir = folders.copy(whole);
    const index = readFileSync(join(dir, "steps.idx"));
    index.writeBigUInt64LE(index.readBigUInt64LE(24 * 5) + 7n, 24 * 5);
    writeFileSync(join(dir, "steps.idx"), index);
    const reader = openTraceReader(dir);
    expect(() => [...reader.events(5, 5)]).toThrow(/byte \d+/);
    reader.close();
    // Offsets that lie on the wrong line, or nowhere.
    for (const offset of [index.readBigUInt64LE(24 * 4), 2n ** 63n]) {
      index.writeBigUInt64LE(offset, 24 * 5);
      writeFileSync(join(dir, "steps.idx"), index);
      const misled = openTraceReader(dir);
      expect(() => [...misled.events(5, 5)]).toThrow("does not fit events.jsonl at step 5; delete it, it is rebuilt");
      expect(() => misled.frameAt(5)).toThrow("does not fit events.jsonl");
      misled.close();
    }
    writeFileSync(join(dir, "steps.idx"), Buffer.alloc(24 * 400, 1));
    const rebuilt = openTraceReader(dir);
    expect([...rebuilt.events()]).toHaveLength(content.events.length);
    rebuilt.close();
  });
});
