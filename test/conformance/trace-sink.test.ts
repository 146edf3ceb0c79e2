import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTrace, openTraceReader, RamTrace, resumeTrace, type TraceReader, type TraceSink } from "@metamem/core";
import { SyntheticEpisode, syntheticHeader } from "../trace/synthetic-episode.ts";
import { describeTraceSink } from "./trace-sink.ts";

const begun = 3;

describeTraceSink("a new trace", () => {
  const dir = mkdtempSync(join(tmpdir(), "trace-"));
  return onDisk(dir, createTrace(dir, syntheticHeader), 0);
});

describeTraceSink("a resumed trace", () => {
  const dir = mkdtempSync(join(tmpdir(), "trace-"));
  const first = createTrace(dir, syntheticHeader);
  playSteps(first);
  first.close();
  const resumed = resumeTrace(dir);
  playSteps(resumed.sink);
  return onDisk(dir, resumed.sink, begun, resumed.events);
});

describeTraceSink("a trace resumed before anything was recorded", () => {
  const dir = mkdtempSync(join(tmpdir(), "trace-"));
  createTrace(dir, syntheticHeader).close();
  return onDisk(dir, resumeTrace(dir).sink, 0);
});

describeTraceSink("a trace in memory", () => {
  const sink = new RamTrace();
  return {
    sink,
    step: 0,
    recorded: () => ({ events: sink.events, text: (hash) => sink.texts.get(hash) ?? "" }),
    cleanUp: () => {},
  };
});

function playSteps(sink: TraceSink): void {
  const episode = new SyntheticEpisode(sink);
  for (let step = 0; step < begun; step++) episode.step(step);
}

function onDisk(dir: string, sink: TraceSink, step: number, before = 0) {
  const readers: TraceReader[] = [];
  return {
    sink,
    step,
    recorded: () => {
      const reader = openTraceReader(dir);
      readers.push(reader);
      const events = [...reader.events()].slice(before);
      return { events, text: (hash: string) => reader.text(hash) };
    },
    cleanUp: () => {
      for (const reader of readers) reader.close();
      rmSync(dir, { recursive: true });
    },
  };
}
