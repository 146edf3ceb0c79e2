import type { EventOf, Frame, TraceEvent, ViewSpec } from "@metamem/core";
import { percent, plural } from "./numbers.ts";
import { pictureLines } from "./picture.ts";
import { printableLine } from "./printable.ts";
import { callLines, type TraceTexts } from "./trace-call.ts";
import { firstLine, shownText } from "./trace-text.ts";

export interface StepOptions extends TraceTexts {
  /** Calls as one line each, without prompts. */
  readonly brief: boolean;
}

/** A step as people read it: the picture, then everything in the order in which it happened. */
export function stepLines(
  step: number,
  events: readonly TraceEvent[],
  frame: Frame | null,
  view: ViewSpec,
  options: StepOptions,
): string[] {
  const { painter } = options;
  const obs = events.find((event) => event.kind === "obs");
  const facts = obs === undefined ? "" : `  turn ${obs.turn}, progression ${percent(obs.progression)}`;
  return [
    painter.bold(`step ${step}`) + facts,
    ...(frame === null || options.brief ? [] : pictureBlock(frame, view, options)),
    ...events.flatMap((event) => eventLines(event, options)),
  ];
}

function pictureBlock(frame: Frame, view: ViewSpec, { painter }: StepOptions): string[] {
  const gauges = frame.gauges
    .filter(({ value, max }) => value !== 0 || max !== undefined)
    .map(({ label, value, max }) => `${printableLine(label)} ${value}${max === undefined ? "" : `/${max}`}`);
  return ["", ...pictureLines(frame, view, painter).map((line) => `  ${line}`), `  ${gauges.join("  ")}`, ""];
}

/** One event; kinds that say nothing to a reader give no line. */
function eventLines(event: TraceEvent, options: StepOptions): string[] {
  const { painter, brief } = options;
  switch (event.kind) {
    case "obs":
      return obsLines(event, options);
    case "effect":
      return [`what the last action did: ${printableLine(event.summary)}${effectNotes(event)}`];
    case "phase.start":
      return brief ? [] : ["", painter.bold(`── ${phaseTitles[event.phase]} ──`)];
    case "phase.end":
      return brief
        ? []
        : [painter.dim(`${phaseTitles[event.phase]} ended: ${event.exit} after ${plural(event.calls, "call")}`)];
    case "call":
      return brief ? briefCall(event, options) : callLines(event, options);
    case "conv.edit":
      return [
        `  message ${event.message} of ${printableLine(event.conversation)} was changed: ${printableLine(event.reason)}`,
      ];
    case "op":
      return opLines(event, options);
    case "mem":
      return [memoryLine(event)];
    case "notice":
      return [`  notice ${printableLine(event.noticeId)} (${event.severity}): ${firstLine(options.text(event.blob))}`];
    case "gate":
      return [
        `  gate ${printableLine(event.gateId)}: ${event.verdict} ${printableLine(event.action)}: ${printableLine(event.reason)}`,
      ];
    case "action":
      return [actionLine(event, options)];
    case "episode.end":
      return [
        `episode ${event.status} (${printableLine(event.reason)}) after ${plural(event.steps, "step")}, progression ${percent(event.progression)}`,
      ];
    case "state":
    case "mem.keyframe":
      return [];
  }
}

const phaseTitles = { log: "LOG", consult: "PLAN, consult", commit: "PLAN" } as const;

/** The observation is shown whole: it is what the step is about. Prompts that repeat it then refer to it. */
function obsLines(event: EventOf<"obs">, { text, seen, brief }: StepOptions): string[] {
  const reached = event.milestones.map((name) => `reached ${printableLine(name)}`);
  const reward = event.reward === 0 ? [] : [`reward ${event.reward}`];
  const ended = event.terminated ? ["the game ended"] : event.truncated ? ["the environment stopped the episode"] : [];
  const news = [...reached, ...reward, ...ended].map((line) => `* ${line}`);
  if (brief) return news;
  const observation = [event.longTerm, event.shortTerm].filter((blob) => text(blob).trim() !== "");
  for (const blob of observation) seen.add(blob);
  return [...news, "saw", ...observation.flatMap((blob) => shownText(text(blob), "  ", true))];
}

function effectNotes({ stuck, oscillating, reversals }: EventOf<"effect">): string {
  return `${stuck ? ", stuck" : ""}${oscillating ? `, oscillating (${reversals} reversals)` : ""}`;
}

function briefCall(event: EventOf<"call">, { text, painter }: StepOptions): string[] {
  return [`  ${painter.dim(printableLine(event.callId).padEnd(14))} ${firstLine(text(event.reply))}`];
}

function opLines(event: EventOf<"op">, { text, full, brief, painter }: StepOptions): string[] {
  const args = Object.values(event.args).map(printableLine).join(" | ");
  const notes = [
    event.status,
    ...(event.matches === undefined ? [] : [`${event.matches} found`]),
    ...(event.repeat === true ? ["nothing new"] : []),
    ...(event.informed === true ? ["informed"] : []),
    ...(event.origin === "scaffold" ? ["by the scaffold"] : event.shown ? [] : ["result not shown"]),
  ];
  const head = `  ${painter.bold(printableLine(event.name))} ${firstLine(args)} -> ${notes.join(", ")}`;
  return brief ? [head] : [head, ...shownText(text(event.result), "    ", full)];
}

function memoryLine({ delta }: EventOf<"mem">): string {
  const what = delta.text ?? (delta.splices ?? []).map(({ insert }) => insert).join(" … ");
  const shown = what === "" ? "" : `: ${firstLine(what)}`;
  return `  memory ${delta.change} ${printableLine(delta.file)}, now ${delta.bytes} bytes${shown}`;
}

function actionLine({ raw, executed, source, rule }: EventOf<"action">, { painter }: StepOptions): string {
  const written = raw === null ? "nothing usable was written" : `written "${printableLine(raw).slice(0, 60)}"`;
  const how =
    source === "model" ? "" : ` (${source}${source === "repair" ? ` by rule ${printableLine(rule)}` : ""}; ${written})`;
  return painter.bold(`action ${printableLine(executed)}`) + how;
}
