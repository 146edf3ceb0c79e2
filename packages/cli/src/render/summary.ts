import type { EpisodeMetrics, OpCounts, Rate } from "@metamem/core";
import type { EpisodeResult } from "@metamem/loops";
import { commandName } from "../console.ts";
import { type Painter, palette } from "./colours.ts";
import { table } from "./layout.ts";
import { duration, fixed, percent, plural, short } from "./numbers.ts";
import { printableLine } from "./printable.ts";

/** The end of an episode as people read it: how far, how it behaved, where the record is. */
export function summaryLines(result: EpisodeResult, painter: Painter): string[] {
  return [
    ...headLines(result, painter),
    "",
    ...milestoneLines(result),
    "",
    "memory ops",
    ...opTable(result.metrics.ops),
    "",
    "behaviour",
    ...behaviourTable(result.metrics),
    "",
    ...whereLines(result),
  ];
}

function headLines(result: EpisodeResult, painter: Painter): string[] {
  const { family, task, seed, scaffold, models, steps, maxSteps, status, endReason, operational } = result;
  const players = [...new Set([models.memory.spec, models.gameplay.spec])].join(" + ");
  const how =
    status === "finished" ? `finished (${endReason})` : status === "failed" ? `failed (${endReason})` : status;
  const speed = operational.stepsPerSecond === null ? "" : `, ${operational.stepsPerSecond} steps/s`;
  const colour = status === "finished" ? palette.good : status === "interrupted" ? palette.warn : palette.bad;
  return [
    painter.bold(printableLine(`${family.name} ${task}, seed ${seed}, ${scaffold.name}, ${players}`)),
    ...(result.label === null ? [] : [painter.colour(printableLine(result.label), palette.warn)]),
    `progression ${painter.bold(percent(result.progression))}   ` +
      `${painter.colour(how, colour)} after ${plural(steps, "step")} of ${maxSteps} in ${duration(operational.seconds)}${speed}`,
  ];
}

function milestoneLines({ milestones }: EpisodeResult): string[] {
  const reached = milestones.filter(({ step }) => step !== null).sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
  const names = reached.map(({ name, step }) => `${printableLine(name)} (${step})`);
  return [
    `milestones ${reached.length} of ${milestones.length}${names.length === 0 ? "" : ", with the step of each"}`,
    ...wrap(names, 100),
  ];
}

/** Items joined by commas on lines of at most `columns`. */
function wrap(items: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= columns) lines[lines.length - 1] = `${last}, ${item}`;
    else lines.push(`  ${item}`);
  }
  return lines;
}

function opTable(ops: EpisodeMetrics["ops"]): string[] {
  const rows = Object.entries(ops).sort(([, a], [, b]) => executed(b) - executed(a));
  if (rows.length === 0) return ["  none"];
  const cells = rows.map(([name, op]) => [
    printableLine(name),
    ...[op.log, op.consult + op.commit, op.failed, op.malformed, op.denied].map((count) =>
      count === 0 ? "-" : String(count),
    ),
  ]);
  return table([["", "LOG", "PLAN", "failed", "malformed", "denied"], ...cells]);
}

function executed(op: OpCounts): number {
  return op.log + op.consult + op.commit;
}

function behaviourTable(metrics: EpisodeMetrics): string[] {
  const share = (name: string, rate: Rate) => [name, percent(rate.rate), `${rate.count} of ${rate.of}`];
  const mean = (name: string, rate: Rate, show: (value: number) => string = fixed) => [
    name,
    rate.rate === null ? "-" : show(rate.rate),
    "",
  ];
  return table([
    share("unproductive steps", metrics.unproductive),
    share("  stuck, same text", metrics.stuck),
    share("  stuck, no effect", metrics.stuckEffect),
    share("  oscillating", metrics.oscillating),
    share("steps that consulted memory", metrics.consult),
    share("empty searches", metrics.emptySearch),
    share("repeated writes", metrics.repeatWrite),
    share("informed writes", metrics.informedWrite),
    share("unread reads", metrics.unreadRead),
    share("malformed ops", metrics.malformedOp),
    share("invalid actions", metrics.invalidAction),
    share("repaired actions", metrics.repair),
    share("fallback actions", metrics.fallback),
    share("steps with a gate rejection", metrics.gateRejection),
    share("calls cut by the output limit", metrics.cutCalls),
    mean("LOG writes per SEARCH", metrics.logWritesPerSearch),
    mean("memory growth, bytes per step", metrics.memoryGrowth),
    mean("calls per step", metrics.calls),
    mean("input tokens per step", metrics.inputTokens, short),
    ["largest prompt, tokens", short(metrics.largestPrompt), ""],
  ]);
}

function whereLines(result: EpisodeResult): string[] {
  const { folder } = result.operational;
  const quoted = quote(folder);
  const look = `trace in ${folder}: look at a step with  ${commandName} trace ${quoted} --step ${Math.max(0, result.steps - 1)}`;
  const resumable = result.status === "interrupted" || result.status === "void";
  return resumable ? [look, resumeHint(folder)] : [look];
}

/** How to go on with an episode that is not over. */
export function resumeHint(folder: string): string {
  return `continue with  ${commandName} episode --resume ${quote(folder)}`;
}

/** A path as it may be pasted into a shell. */
export function quote(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
