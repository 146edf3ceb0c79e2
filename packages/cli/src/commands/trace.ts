import { existsSync } from "node:fs";
import { join } from "node:path";
import { openTraceReader, type TraceReader, textsOf, UsageError, type ViewSpec } from "@metamem/core";
import { commandName, type JsonOutput, printJson, printLines } from "../console.ts";
import { colourDepth, Painter } from "../render/colours.ts";
import { percent, plural } from "../render/numbers.ts";
import { printableLine } from "../render/printable.ts";
import { quote, resumeHint } from "../render/summary.ts";
import { callLines } from "../render/trace-call.ts";
import { contentsLines, type StepSpan, spansOf } from "../render/trace-contents.ts";
import { type StepOptions, stepLines } from "../render/trace-step.ts";
import { shownText } from "../render/trace-text.ts";

export interface TraceOptions {
  readonly step?: number;
  readonly steps?: readonly [from: number, to: number];
  readonly call?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

/** Prints a recorded episode's table of contents, some of its steps, or one call. */
export async function traceCommand(folder: string, options: TraceOptions): Promise<number> {
  if (!existsSync(join(folder, "header.json"))) {
    throw new UsageError("trace", `no trace in ${folder}: give the folder of an episode, with its header.json`);
  }
  const reader = openTraceReader(folder);
  try {
    const range = rangeOf(reader, options);
    if (options.json === true) printJson(range === null ? contentsJson(reader) : stepsJson(reader, range));
    else if (range === null) printLines(contents(reader, folder));
    else if (options.call !== undefined) printLines(call(reader, range[0], options.call, view(reader, options)));
    else printLines(steps(reader, range, view(reader, options)));
    return 0;
  } finally {
    reader.close();
  }
}

interface View extends StepOptions {
  readonly spec: ViewSpec;
}

function view(reader: TraceReader, options: TraceOptions): View {
  return {
    text: (blob) => reader.text(blob),
    painter: new Painter(colourDepth({ isTty: process.stdout.isTTY, env: process.env })),
    full: options.full ?? false,
    seen: new Set(),
    brief: options.steps !== undefined,
    spec: reader.header.view as unknown as ViewSpec,
  };
}

/** The steps asked for; null for the table of contents. A call's id begins with its step. */
function rangeOf(reader: TraceReader, { step, steps, call: callId }: TraceOptions): readonly [number, number] | null {
  const asked = [step, steps, callId].filter((option) => option !== undefined);
  if (asked.length > 1) throw new UsageError("option", "give only one of --step, --steps and --call");
  const own = callId === undefined ? step : Number(/^\d+/.exec(callId)?.[0] ?? Number.NaN);
  const range = own === undefined ? steps : ([own, own] as const);
  if (range === undefined) return null;
  const last = reader.stepCount - 1;
  if (range[0] <= last) return [range[0], Math.min(range[1], last)];
  const held = last < 0 ? "no steps yet" : `steps 0 to ${last}`;
  throw new UsageError(
    "step",
    `the trace holds ${held}: there is no ${callId === undefined ? `step ${range[0]}` : `call ${callId}`}`,
  );
}

function steps(reader: TraceReader, [from, to]: readonly [number, number], shown: View): string[] {
  const lines: string[] = [];
  for (let step = from; step <= to; step++) {
    if (step > from) lines.push("");
    const frame = shown.brief ? null : reader.frameAt(step);
    lines.push(...stepLines(step, [...reader.events(step, step)], frame, shown.spec, shown));
  }
  return lines;
}

/** One call with its exact prompt: every message, not only what the call added to its conversation. */
function call(reader: TraceReader, step: number, callId: string, shown: View): string[] {
  const event = [...reader.events(step, step)].find(
    (candidate) => candidate.kind === "call" && candidate.callId === callId,
  );
  if (event?.kind !== "call") throw noCall(reader, step, callId);
  const prompt = reader
    .messages(step, callId)
    .flatMap(({ role, content }) => [
      `  ${shown.painter.bold(`[${role}]`)}`,
      ...shownText(content, "    ", shown.full),
    ]);
  const [head = "", ...answer] = callLines({ ...event, added: [] }, shown);
  return [head, ...prompt, ...answer];
}

function noCall(reader: TraceReader, step: number, callId: string): UsageError {
  const ids = [...reader.events(step, step)].flatMap((event) => (event.kind === "call" ? [event.callId] : []));
  return new UsageError("call", `step ${step} has no call '${callId}': there are ${ids.join(", ") || "none"}`);
}

function contents(reader: TraceReader, folder: string): string[] {
  const { header, stepCount } = reader;
  const { family, world, scaffold, startedAt, maxSteps, episodeId } = header;
  const models = [...new Set([header.roles.memory.spec, header.roles.gameplay.spec])].map(String).join(" + ");
  const ruleBased = header.roles.memory.ruleBased === true || header.roles.gameplay.ruleBased === true;
  const end = stepCount === 0 ? null : reader.last(stepCount - 1, "episode.end");
  const state = end === null ? "not over" : `${end.status} (${end.reason}), progression ${percent(end.progression)}`;
  return [
    printableLine(`${family.name} ${String(header.task.id)}, seed ${world.seed}, ${scaffold.name}, ${models}`),
    ...(ruleBased ? ["played by a rule-based program, not by a language model"] : []),
    printableLine(
      `episode ${episodeId}, started ${startedAt}, ${plural(stepCount, "recorded step")} of at most ${maxSteps}, ${state}`,
    ),
    "",
    ...contentsLines(spans(reader)),
    "",
    `look at a step with  ${commandName} trace ${quote(folder)} --step 0`,
    ...(end === null ? [resumeHint(folder)] : []),
  ];
}

function spans(reader: TraceReader): StepSpan[] {
  return spansOf(reader.events(), reader.stepCount);
}

function contentsJson(reader: TraceReader): JsonOutput {
  const { header, stepCount } = reader;
  return {
    schema: "metamem.trace-contents/1",
    header,
    steps: stepCount,
    spans: spans(reader),
    result: reader.result(),
  } as JsonOutput;
}

/** The events of the steps as they are stored, and beside them the texts they name. */
function stepsJson(reader: TraceReader, [from, to]: readonly [number, number]): JsonOutput {
  const events = [...reader.events(from, to)];
  const texts = Object.fromEntries(events.flatMap(textsOf).map((blob) => [blob, reader.text(blob)]));
  return { schema: "metamem.trace-steps/1", from, to, events, texts } as JsonOutput;
}
