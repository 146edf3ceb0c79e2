import { type EpisodeMetrics, parseModelSpec, type Rate } from "@metamem/core";
import { registeredFamilies } from "../registry.ts";
import { RunFolder } from "../rollout/run-folder.ts";
import type { RunRecord } from "../rollout/run-record.ts";
import type { RunRow } from "../rollout/run-result.ts";
import { type TraceRates, traceRatesOf } from "./trace-rates.ts";

/** Whose levels a task plays: the benchmark's, or ones of one's own: stand-ins, and levels in files of users. Never put into one number. */
export type Material = "public" | "own";

/** An episode of a run as reports see it. */
export interface ReportedEpisode {
  readonly id: string;
  readonly family: string;
  readonly task: string;
  readonly material: Material;
  readonly seed: number;
  readonly repetition: number;
  readonly maxSteps: number;
  /** `open` has no result; it counts as 0, like `failed` and `set_aside`. */
  readonly status: RunRow["status"] | "open";
  readonly error: RunRow["error"];
  readonly progression: number;
  readonly steps: number | null;
  readonly endReason: string | null;
  readonly milestones: number | null;
  /** Null when nothing was played to its end. */
  readonly metrics: EpisodeMetrics | null;
  /** All rates by name: those of the metrics, and of the trace where it was read. */
  readonly rates: Readonly<Record<string, Rate>> | null;
  /** Only where the trace was read. */
  readonly growthByFile: TraceRates["growthByFile"] | null;
}

/** What only tells how a run went; sums over its episodes. */
export interface PlayedTimes {
  readonly modelSeconds: { log: number; consult: number; commit: number };
  seconds: number;
  retries: number;
  resumes: number;
}

export interface LoadedRun {
  readonly run: RunFolder;
  readonly record: RunRecord;
  /** In the run's order; every planned episode. */
  readonly episodes: readonly ReportedEpisode[];
  /** What to show beside every number when a rule-based program played; null for language models. */
  readonly label: string | null;
  readonly times: PlayedTimes;
}

export interface LoadOptions {
  /** Reads the traces as well. */
  readonly traces?: boolean;
}

/** Reads a run's results. @throws UsageError when there is no run, TraceError when a file of it is damaged. */
export function loadRun(path: string, { traces = false }: LoadOptions = {}): LoadedRun {
  const { run, record } = RunFolder.open(path);
  const times: PlayedTimes = { modelSeconds: { log: 0, consult: 0, commit: 0 }, seconds: 0, retries: 0, resumes: 0 };
  let label: string | null = null;
  const episodes = record.episodes.map((planned) => {
    const row = run.result(planned.id);
    label ??= row?.result?.label ?? null;
    if (row?.result) addTimes(times, row.result.operational);
    const played = traces && row?.result ? traceRatesOf(run.episode(planned.id)) : null;
    return reported(planned, record.tasks[planned.taskHash], row, played);
  });
  return { run, record, episodes, label: label ?? plannedLabel(record), times };
}

function reported(
  { taskHash: _taskHash, samplingSeed: _samplingSeed, ...planned }: RunRecord["episodes"][number],
  task: RunRecord["tasks"][string] | undefined,
  row: RunRow | null,
  trace: TraceRates | null,
): ReportedEpisode {
  const result = row?.result ?? null;
  return {
    ...planned,
    material: isFromFile(planned) ? "own" : materialOf(task?.options, result?.details),
    status: row?.status ?? "open",
    error: row?.error ?? null,
    // A result that counts as zero says so itself; the status is asked all the same, since a report must not depend on it.
    progression: row?.status === "finished" ? row.progression : 0,
    steps: result?.steps ?? null,
    endReason: result?.endReason ?? null,
    milestones: result === null ? null : result.milestones.filter(({ step }) => step !== null).length,
    metrics: result?.metrics ?? null,
    rates: result === null ? null : { ...ratesOf(result.metrics), ...trace?.rates },
    growthByFile: trace?.growthByFile ?? null,
  };
}

/**
 * Families that can play levels of our own say so in the task's options (`level.source` is `own`), and say of every level collection what it is
 * (`details.levels`): only what is called published is.
 */
function materialOf(options: unknown, details: unknown): Material {
  const level = isObject(options) && isObject(options.level) ? options.level : {};
  const levels = isObject(details) && typeof details.levels === "string" ? details.levels : null;
  if (level.source === "own") return "own";
  return levels === null || levels.startsWith("published ") ? "public" : "own";
}

/** A task that a user wrote as a file has the file's name for an id, ending included, whatever it is called before that. */
function isFromFile({ family, task }: { readonly family: string; readonly task: string }): boolean {
  const ending = registeredFamilies().find(({ name }) => name === family)?.taskFiles?.ending;
  return ending !== undefined && task.endsWith(ending);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Before the first result, the models' names tell. */
function plannedLabel({ config }: RunRecord): string | null {
  const roles = { memory: config.memoryModel ?? config.model, gameplay: config.gameplayModel ?? config.model };
  const ruled = Object.entries(roles).filter(([, model]) => parseModelSpec(model).kind === "scripted");
  if (ruled.length === 0) return null;
  return ruled.length === 2 ? "rule-based player" : `${ruled[0]?.[0]} role: rule-based player`;
}

function addTimes(times: PlayedTimes, own: NonNullable<RunRow["result"]>["operational"]): void {
  times.seconds += own.seconds;
  times.retries += own.retries;
  times.resumes += own.resumes;
  for (const phase of ["log", "consult", "commit"] as const) times.modelSeconds[phase] += own.modelSeconds[phase];
}

/** All rates among the metrics, in their order. */
export function ratesOf(metrics: EpisodeMetrics): Record<string, Rate> {
  return Object.fromEntries(Object.entries(metrics).flatMap(([name, value]) => (isRate(value) ? [[name, value]] : [])));
}

function isRate(value: unknown): value is Rate {
  return isObject(value) && "count" in value && "of" in value;
}
