import { findOp, type TraceEvent } from "@metamem/core";
import { table } from "./layout.ts";
import { percent } from "./numbers.ts";
import { printableLine } from "./printable.ts";

/** What a stretch of an episode holds. */
export interface StepSpan {
  readonly from: number;
  readonly to: number;
  /** Fraction 0…1 after its last step. */
  readonly progression: number;
  readonly calls: number;
  readonly writes: number;
  readonly reads: number;
  readonly stuck: number;
  readonly milestones: readonly string[];
}

/** Rows of a table of contents. */
const mostSpans = 20;

/** Cuts an episode of `steps` steps into at most twenty stretches of equal length, and counts what happens in each. */
export function spansOf(events: Iterable<TraceEvent>, steps: number): StepSpan[] {
  const length = Math.max(1, Math.ceil(steps / mostSpans));
  const spans: { -readonly [K in keyof StepSpan]: StepSpan[K] extends readonly string[] ? string[] : StepSpan[K] }[] =
    [];
  for (const event of events) {
    const index = Math.floor(event.step / length);
    const from = index * length;
    spans[index] ??= {
      ...{ from, to: Math.min(steps, from + length) - 1, progression: 0 },
      ...{ calls: 0, writes: 0, reads: 0, stuck: 0, milestones: [] },
    };
    const span = spans[index];
    if (event.kind === "obs") {
      span.progression = event.progression;
      span.milestones.push(...event.milestones.map((name) => `${name} (${event.step - 1})`));
    } else if (event.kind === "call") span.calls += 1;
    else if (event.kind === "effect" && event.stuck) span.stuck += 1;
    else if (event.kind === "op" && event.status === "ok")
      span[findOp(event.name)?.kind === "write" ? "writes" : "reads"] += 1;
  }
  return spans;
}

export function contentsLines(spans: readonly StepSpan[]): string[] {
  const rows = spans.map((span) => [
    span.from === span.to ? String(span.from) : `${span.from}-${span.to}`,
    percent(span.progression),
    String(span.calls),
    String(span.writes),
    String(span.reads),
    String(span.stuck),
  ]);
  const left = table([["steps", "progress", "calls", "writes", "reads", "stuck"], ...rows], "");
  return left.map((line, row) =>
    `${line}   ${printableLine(spans[row - 1]?.milestones.join(", ") ?? "reached, with the step")}`.trimEnd(),
  );
}
