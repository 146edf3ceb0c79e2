import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createTrace, openTraceReader } from "@metamem/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notesLine, SyntheticEpisode, syntheticHeader } from "./synthetic-episode.ts";
import { TraceFolders } from "./trace-folders.ts";

const steps = 20_000;
const files = ["events.jsonl", "parts.pack", "parts.idx", "steps.idx"] as const;

describe("an episode of 20 000 steps whose memory grows by a line per step", () => {
  const folders = new TraceFolders();
  const dir = folders.empty();
  /** Size of the folder's growing files after every 1000 steps, and at the end. */
  const sizes: number[] = [0];
  let notes = "";

  beforeAll(() => {
    const sink = createTrace(dir, syntheticHeader);
    const size = () => {
      sink.flush();
      sizes.push(files.reduce((sum, name) => sum + statSync(join(dir, name)).size, 0));
    };
    const episode = new SyntheticEpisode({
      replaying: false,
      blob: (text) => sink.blob(text),
      append: (event) => {
        sink.append(event);
        if (event.kind === "action" && (event.step + 1) % 1000 === 0) size();
      },
      recordedCall: () => null,
      flush: () => sink.flush(),
      close: () => sink.close(),
    });
    episode.play(steps);
    notes = episode.notes;
    sizes[sizes.length - 1] = files.reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
  }, 300_000);

  afterAll(() => folders.removeAll());

  test("I-34 costs the same at the end as at the beginning, within 10 %", () => {
    const perThousand = sizes.slice(1).map((size, at) => size - (sizes[at] ?? 0));
    const first = perThousand[0] ?? 0;
    // The last thousand includes the final keyframe.
    for (const size of perThousand) expect(Math.abs(size / first - 1)).toBeLessThan(0.1);
    expect(perThousand).toHaveLength(20);
  });

  test("is read at any step by touching little", () => {
    const volume = 256 * 1024;
    for (const step of [0, 1, 777, steps >> 1, steps - 2, steps]) {
      const reader = openTraceReader(dir);
      const opened = reader.bytesRead;
      // Opening reads the last step again, nothing else.
      expect(opened).toBeLessThan(64 * 1024);
      const events = [...reader.events(step, step)];
      for (const event of events) if (event.kind === "call") reader.messages(step, event.callId);
      expect(reader.bytesRead - opened).toBeLessThan(64 * 1024);
      const beforeFrame = reader.bytesRead;
      reader.frameAt(step);
      expect(reader.bytesRead - beforeFrame).toBeLessThan(1024 * 1024);
      const beforeMemory = reader.bytesRead;
      const memory = reader.memoryAt(step);
      const lines = Math.min(step + 1, steps);
      expect(memory.files.notes).toBe(notes.slice(0, "# notes\n".length + lines * notesLine));
      // One keyframe, and the steps whose changes weigh as much as a keyframe at most (a change of a line weighs 394 bytes).
      const perStep = (statSync(join(dir, "events.jsonl")).size / steps) * 1.2;
      expect(reader.bytesRead - beforeMemory).toBeLessThan(
        lines * notesLine * 1.1 + (volume / 394) * perStep + 64 * 1024,
      );
      reader.close();
    }
  });

  test("I-35 has an index entry per step and per text, and each text once", () => {
    expect(statSync(join(dir, "steps.idx")).size).toBe((steps + 1) * 24);
    const index = readFileSync(join(dir, "parts.idx"));
    const hashes = new Set(
      Array.from({ length: index.length / 48 }, (_none, at) => index.toString("latin1", at * 48, at * 48 + 32)),
    );
    expect(hashes.size).toBe(index.length / 48);
  });
});
