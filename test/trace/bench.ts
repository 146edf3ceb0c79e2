/**
 * Costs of a trace, on the synthetic episode: appending a step, reading any step, opening, resuming, bytes per step.
 *
 *     bun test/trace/bench.ts [steps]
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTrace, type NewEvent, openTraceReader, RamTrace, resumeTrace, type TraceSink } from "@metamem/core";
import { SyntheticEpisode, syntheticHeader } from "./synthetic-episode.ts";

const steps = Number(process.argv[2] ?? 20_000);
const taped = 3000;
const dir = mkdtempSync(join(tmpdir(), "trace-bench-"));

function timed(name: string, run: () => unknown, per = 1): void {
  const began = performance.now();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  const show = (ms: number) => (ms / per < 1 ? `${((ms / per) * 1000).toFixed(1)} µs` : `${(ms / per).toFixed(1)} ms`);
  console.log(`${name}: ${show(performance.now() - began)} (cpu ${show((user + system) / 1000)})`);
}

/** Notes what an episode hands to its trace, so that writing is measured without making the texts. */
class Tape extends RamTrace {
  readonly calls: ((sink: TraceSink) => void)[] = [];
  override blob(text: string): string {
    this.calls.push((sink) => sink.blob(text));
    return super.blob(text);
  }
  override append(event: NewEvent): void {
    const copy = structuredClone(event);
    this.calls.push((sink) => sink.append(copy));
    super.append(event);
  }
}

const tape = new Tape();
new SyntheticEpisode(tape).play(taped);
for (let round = 0; round < 4; round++) {
  const folder = mkdtempSync(join(tmpdir(), "trace-bench-"));
  const sink = createTrace(folder, syntheticHeader);
  timed(
    "append one step",
    () => {
      for (const call of tape.calls) call(sink);
    },
    taped,
  );
  sink.close();
  rmSync(folder, { recursive: true });
}

new SyntheticEpisode(createTrace(dir, syntheticHeader)).play(steps);
for (const name of ["events.jsonl", "parts.pack", "parts.idx", "steps.idx"]) {
  const { size } = statSync(join(dir, name));
  console.log(`${name}: ${(size / 1e6).toFixed(1)} MB, ${(size / steps).toFixed(0)} bytes per step`);
}

for (const step of [0, steps >> 1, steps - 1, steps - 2]) {
  const reader = openTraceReader(dir);
  timed(`open and read step ${step}: events, prompts, picture, memory`, () => {
    const fresh = openTraceReader(dir);
    for (const event of fresh.events(step, step)) if (event.kind === "call") fresh.messages(step, event.callId);
    fresh.frameAt(step);
    fresh.memoryAt(step);
    console.log(`  ${fresh.bytesRead} bytes of events and texts`);
    fresh.close();
  });
  timed("  memory", () => reader.memoryAt(step));
  timed("  picture", () => reader.frameAt(step));
  timed("  events", () => [...reader.events(step, step)]);
  reader.close();
}
timed("all events, checked", () => Array.from(openTraceReader(dir).events()).length);
timed("all events, trusted", () => Array.from(openTraceReader(dir, { trusted: true }).events()).length);
timed("resume: open and verify the files", () => resumeTrace(dir).sink.close());
timed("resume: verify and replay, per step", () => new SyntheticEpisode(resumeTrace(dir).sink).play(steps), steps);
rmSync(dir, { recursive: true });
