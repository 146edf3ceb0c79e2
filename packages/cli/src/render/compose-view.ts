import type { Gauge, ViewSpec } from "@metamem/core";
import { type Painter, palette } from "./colours.ts";
import { bar, beside, padEnd } from "./layout.ts";
import type { LiveState } from "./live-state.ts";
import { duration, percent, plural, short } from "./numbers.ts";
import { pictureLines, pictureWidth } from "./picture.ts";
import { clip, printableLine } from "./printable.ts";

/** What stays the same while an episode is watched. */
export interface ViewFacts {
  readonly title: string;
  /** Shown under the title when a rule-based program plays. */
  readonly label: string | null;
  readonly view: ViewSpec;
  readonly maxSteps: number;
}

export interface ViewSize {
  readonly columns: number;
  readonly rows: number;
}

/** Columns the panel beside the picture needs to be of use. */
const narrowestPanel = 26;

/** The live view as lines narrower than `size.columns`. A terminal too narrow for picture and panel gets them under each other, or only the panel. */
export function composeView(state: LiveState, facts: ViewFacts, size: ViewSize, painter: Painter): string[] {
  const width = size.columns - 1;
  const head = [painter.bold(clip(facts.title, width))];
  if (facts.label !== null) head.push(painter.colour(clip(facts.label, width), palette.warn));
  const foot = footLines(state, facts, width, painter);
  return [...head, ...sceneLines(state, facts.view, size, head.length + foot.length, painter), ...foot];
}

/** What a scene is drawn from. Milestones are those reached, newest first. */
export type Scene = Pick<LiveState, "frame" | "progress" | "milestones">;

/**
 * Picture and panel, where `others` lines of the terminal are for something else. In place of a picture that does not fit stands how large the
 * terminal would have to be.
 */
export function sceneLines(state: Scene, view: ViewSpec, size: ViewSize, others: number, painter: Painter): string[] {
  const { frame } = state;
  if (frame === null) return [];
  const width = size.columns - 1;
  const room = Math.max(0, size.rows - 1 - others);
  const pictureColumns = pictureWidth(frame, view);
  if (pictureColumns > width || frame.height > room) {
    const needed = `${pictureColumns + 1} columns and ${frame.height + 1 + others} rows`;
    const advice = `The picture needs a terminal of ${needed}; this one has ${size.columns} and ${size.rows}.`;
    return [clip(advice, width), ...panel(state, width, painter)].slice(0, room);
  }
  const picture = pictureLines(frame, view, painter);
  const panelColumns = width - pictureColumns - 2;
  const lines =
    panelColumns >= narrowestPanel
      ? beside(picture, pictureColumns, panel(state, panelColumns, painter))
      : [...picture, ...panel(state, width, painter)];
  return lines.slice(0, room);
}

/** Gauges and milestones. */
function panel(state: Scene, width: number, painter: Painter): string[] {
  const gauges = state.frame?.gauges ?? [];
  const meters = gauges.filter((gauge) => gauge.max !== undefined);
  const counts = gauges.filter((gauge) => gauge.max === undefined && gauge.value !== 0);
  const carried = counts.map(({ label, value }) => `${printableLine(label)} ${value}`).join("  ");
  const { progress, milestones } = state;
  const total = progress?.milestones.length ?? 0;
  return [
    ...meters.map((gauge) => meter(gauge, labelWidth(meters), width, painter)),
    ...(carried === "" ? [] : [clip(carried, width)]),
    clip(`${percent(progress?.progression ?? 0)}  ${milestones.length}/${total} milestones`, width),
    ...(milestones.length === 0 ? [] : [painter.dim(clip(printableLine(milestones.join(", ")), width))]),
  ];
}

function labelWidth(gauges: readonly Gauge[]): number {
  return Math.min(12, Math.max(...gauges.map(({ label }) => Bun.stringWidth(printableLine(label)))));
}

function meter({ label, value, max = 1 }: Gauge, labels: number, width: number, painter: Painter): string {
  const name = padEnd(clip(printableLine(label), labels), labels);
  const number = `${value}/${max}`.padStart(5);
  const columns = Math.min(max, 18, width - labels - number.length - 2);
  if (columns < 1) return clip(`${name} ${value}/${max}`, width);
  const fraction = max === 0 ? 0 : value / max;
  const colour = fraction > 0.5 ? palette.good : fraction > 0.25 ? palette.warn : palette.bad;
  return `${name} ${painter.colour(bar(fraction, columns, painter.depth === "none"), colour)} ${number}`;
}

function footLines(state: LiveState, facts: ViewFacts, width: number, painter: Painter): string[] {
  const names = Math.min(6, width);
  const line = (name: string, text: string) =>
    `${painter.dim(padEnd(clip(name, names), names))}${clip(` ${printableLine(text)}`, width - names)}`;
  return [
    line("phase", phaseText(state)),
    line("op", state.op),
    line("action", state.effect === "" ? state.action : `${state.action}: ${state.effect}`),
    stepLine(state, facts.maxSteps, width, painter),
    painter.dim(clip(tokenLine(state), width)),
  ];
}

function phaseText({ phase, waiting, replaying }: LiveState): string {
  if (replaying) return `${phase}, replaying what is recorded`;
  if (waiting === null) return phase;
  const seconds = (performance.now() - waiting.since) / 1000;
  return seconds < 1 ? phase : `${phase}, call ${waiting.callId} since ${duration(seconds)}`;
}

function stepLine(state: LiveState, maxSteps: number, width: number, painter: Painter): string {
  const { rate, step } = state;
  const left = `step ${step}/${maxSteps}`;
  const speed =
    rate === null
      ? ""
      : `${rate < 100 ? rate.toFixed(1) : Math.round(rate)} steps/s  ETA ${duration((maxSteps - step) / rate)}`;
  const columns = Math.min(40, width - left.length - speed.length - 4);
  if (columns < 4) return clip(`${left}  ${speed}`, width);
  const progress = painter.colour(bar(step / maxSteps, columns, painter.depth === "none"), palette.accent);
  return `${left}  ${progress}  ${speed}`.trimEnd();
}

function tokenLine(state: LiveState): string {
  const { calls, promptTokens, outputTokens, writes, searches } = state;
  const tokens = `${short(promptTokens)} tokens in, ${short(outputTokens)} out`;
  return `${plural(calls, "call")}  ${tokens}  ${plural(writes, "write")}  ${searches} ${searches === 1 ? "search" : "searches"}`;
}
