import { type EventOf, type NewEvent, sha256, TraceError, type TraceEvent, type TraceSink } from "@metamem/core";
import { afterEach, describe, expect, test } from "vitest";

export interface SinkUnderTest {
  readonly sink: TraceSink;
  /** What was recorded after `events` that stood there already; called after `close` or `flush`. */
  recorded(): { readonly events: readonly TraceEvent[]; text(hash: string): string };
  cleanUp(): void;
}

/** Opens a sink that is ready to append at step 0 or later (`step`), with nothing left to verify. */
export type OpenSink = () => SinkUnderTest & { readonly step: number };

/** What every `TraceSink` does once it appends. */
export function describeTraceSink(name: string, open: OpenSink): void {
  describe(`${name} is a TraceSink`, () => {
    const opened: SinkUnderTest[] = [];

    function start() {
      const under = open();
      opened.push(under);
      return under;
    }

    afterEach(() => {
      for (const under of opened.splice(0)) {
        under.sink.close();
        under.cleanUp();
      }
    });

    test("a text's hash is its SHA-256, and equal texts are one", () => {
      const { sink, step, recorded } = start();
      expect(sink.blob("north")).toBe(sha256("north"));
      expect(sink.blob("north")).toBe(sink.blob("north"));
      const texts = ["", "ä€😀\n", "line\n".repeat(20_000), "x".repeat(9_999)];
      const hashes = texts.map((text) => sink.blob(text));
      sink.append(callEvent(sink, step));
      sink.close();
      expect(hashes.map((hash) => recorded().text(hash))).toEqual(texts);
    });

    test("I-37 events come back typed, in order, numbered, with what was handed over", () => {
      const { sink, step, recorded } = start();
      const events: NewEvent[] = [
        { kind: "phase.start", step, phase: "log" },
        callEvent(sink, step),
        { kind: "phase.end", step, phase: "log", exit: "done", calls: 1 },
        { kind: "phase.start", step: step + 1, phase: "commit" },
      ];
      for (const event of events) sink.append(event);
      sink.close();
      const back = recorded().events;
      expect(back.map(({ seq: _seq, operational: _operational, ...event }) => event)).toEqual(events);
      const first = back[0]?.seq ?? 0;
      expect(back.map((event) => event.seq)).toEqual([first, first + 1, first + 2, first + 3]);
    });

    test("what is operational is kept beside the content", () => {
      const { sink, step, recorded } = start();
      sink.append({ ...callEvent(sink, step), operational: { failedAttempts: [{ code: "model.timeout" }] } });
      sink.close();
      expect(recorded().events[0]?.operational).toMatchObject({ failedAttempts: [{ code: "model.timeout" }] });
    });

    test("a call is recorded when append returns", () => {
      const { sink, step, recorded } = start();
      sink.append({ kind: "phase.start", step, phase: "log" });
      sink.append(callEvent(sink, step));
      const { events, text } = recorded();
      expect(events.map((event) => event.kind)).toEqual(["phase.start", "call"]);
      expect(text((events[1] as EventOf<"call">).reply)).toBe("a reply");
    });

    test("everything is recorded when flush returns", () => {
      const { sink, step, recorded } = start();
      sink.append({ kind: "phase.start", step, phase: "log" });
      sink.flush();
      expect(recorded().events).toHaveLength(1);
    });

    test("an event that names an unknown text is refused", () => {
      const { sink, step, recorded } = start();
      const blob = sha256("never stored");
      const event: NewEvent = { kind: "notice", step, noticeId: "n", severity: "info", phase: "log", blob };
      expect(() => sink.append(event)).toThrow(TraceError);
      sink.flush();
      expect(recorded().events).toEqual([]);
    });

    test("steps are neither skipped nor repeated", () => {
      const { sink, step } = start();
      sink.append({ kind: "phase.start", step, phase: "log" });
      expect(() => sink.append({ kind: "phase.start", step: step + 2, phase: "log" })).toThrow(TraceError);
      sink.append({ kind: "phase.start", step: step + 1, phase: "log" });
      expect(() => sink.append({ kind: "phase.start", step, phase: "log" })).toThrow(TraceError);
    });

    test("nothing follows the end of the episode, or a close", () => {
      const { sink, step } = start();
      sink.append(endEvent(step));
      expect(() => sink.append(endEvent(step))).toThrow(TraceError);
      sink.close();
      sink.close();
      expect(() => sink.append(endEvent(step))).toThrow(TraceError);
    });

    test("nothing is left to replay", () => {
      const { sink, step } = start();
      expect(sink.replaying).toBe(false);
      expect(sink.recordedCall(`${step}.log.0`)).toBeNull();
    });

    test("what is handed over may be changed afterwards", () => {
      const { sink, step, recorded } = start();
      const milestones = ["first"];
      sink.append({ ...endEvent(step), milestones });
      milestones.push("second");
      sink.close();
      expect(recorded().events[0]).toMatchObject({ milestones: ["first"] });
    });
  });
}

function callEvent(sink: TraceSink, step: number): Omit<EventOf<"call">, "seq"> {
  return {
    kind: "call",
    step,
    callId: `${step}.log.0`,
    conversation: `${step}.log`,
    phase: "log",
    role: "memory",
    added: [{ role: "user", parts: [{ part: "question", blob: sink.blob("a question"), tokens: 2 }] }],
    seed: 1,
    maxTokens: 10,
    temperature: 0.5,
    budget: 100,
    shortened: [],
    reply: sink.blob("a reply"),
    finish: "stop",
    tokens: { prompt: 2, cached: null, output: 2, exact: false },
    servedModel: "none",
  };
}

function endEvent(step: number): Omit<EventOf<"episode.end">, "seq"> {
  const rest = { steps: step, progression: 0, episodeReturn: 0, milestones: [], details: {} };
  return { kind: "episode.end", step, status: "finished", reason: "step_limit", ...rest };
}
