import { exitCodeOf, exitCodes, UsageError } from "@metamem/core";
import {
  type Averages,
  averagesOf,
  estimate,
  insistOnPrices,
  type PlannedEpisode,
  parseQueueUrl,
  planOfRun,
  QueueSource,
  type RolloutPlan,
  type RolloutResult,
  RunFolder,
  type RunMonitor,
  recordedSteps,
  resolvePlan,
  resumeRollout,
  type SessionOptions,
  shippedAverages,
  startRollout,
} from "@metamem/loops";
import { note, printJson, printLines } from "../console.ts";
import { onInterrupt } from "../interrupt.ts";
import { colourDepth, Painter } from "../render/colours.ts";
import { estimateLines } from "../render/rollout-estimate.ts";
import { rolloutResumeHint, rolloutSummary } from "../render/rollout-summary.ts";
import { openRolloutView, type RolloutView } from "../render/rollout-view.ts";
import {
  configOf,
  insistOnResumable,
  insistOnWorkers,
  operationAfter,
  type RolloutOptions,
} from "./rollout-options.ts";

/** Plays, continues or only describes a run. */
export async function rolloutCommand(options: RolloutOptions): Promise<number> {
  if (options.resume !== undefined) insistOnResumable(options);
  if (options.resume === undefined && options.restartChanged === true) {
    throw new UsageError("option", "--restart-changed goes with --resume");
  }
  if (options.dryRun === true) return await dryRun(options);
  using interruption = onInterrupt();
  await using queue = await queueOf(options);
  let view: RolloutView | null = null;
  try {
    const onStart = (monitor: RunMonitor, folder: string): void => {
      for (const notice of noticesOf([...monitor.episodes.values()].map(({ planned }) => planned))) note(notice);
      view = options.quiet === true ? null : openRolloutView(monitor, folder, options.live);
    };
    const session = {
      signal: interruption.signal,
      restartChanged: options.restartChanged,
      onStart,
      ...playedBy(queue),
    };
    interruption.signal.addEventListener("abort", () =>
      note("stopping: calls under way have a few seconds; Ctrl-C again ends at once"),
    );
    const result = await play(options, session);
    (view as RolloutView | null)?.close();
    view = null;
    report(result, options);
    return exitCodeOfRun(result);
  } finally {
    (view as RolloutView | null)?.close();
  }
}

async function queueOf(options: RolloutOptions): Promise<QueueSource | null> {
  if (options.queue === undefined) return null;
  insistOnWorkers(options);
  return await QueueSource.connect(parseQueueUrl(options.queue, process.env), (trouble) =>
    note(trouble ?? "Redis is there again"),
  );
}

function playedBy(queue: QueueSource | null): Pick<SessionOptions, "engine" | "level"> {
  return queue === null ? {} : { engine: (parts) => queue.engine(parts), level: queue.level };
}

async function play(options: RolloutOptions, session: Parameters<typeof startRollout>[2]): Promise<RolloutResult> {
  const { resume, env, scaffold } = options;
  if (resume === undefined)
    return await startRollout(configOf(options), options.out ?? RunFolder.unusedName(new Date()), session);
  return await resumeRollout(
    resume,
    { env, scaffold, operation: (before) => operationAfter(before, options) },
    session,
  );
}

function noticesOf(planned: readonly PlannedEpisode[]): string[] {
  return [...new Set(planned.flatMap(({ resolved }) => resolved.notice ?? []))];
}

/** What would be played and what it would probably use. Opens nothing and writes nothing. */
async function dryRun(options: RolloutOptions): Promise<number> {
  const { resume, env, scaffold } = options;
  const before = resume === undefined ? null : RunFolder.open(resume);
  const config = before === null ? configOf(options) : null;
  const plan = config === null ? await planOfRun(resume ?? "", { env, scaffold }) : await resolvePlan(config.play);
  const settled = before?.run.settledIds() ?? new Set<string>();
  const left = plan.episodes.filter(({ id }) => !settled.has(id));
  const operation =
    config?.operation ??
    operationAfter(before?.record.operational.operation ?? configOf({ live: true }).operation, options);
  insistOnPrices(plan, operation);
  const averages = options.averages === undefined ? usualAverages(plan) : averagesOf(options.averages);
  const played = ({ id }: PlannedEpisode) => (before === null ? 0 : recordedSteps(before.run, id));
  const expected = estimate(left, averages, operation.prices, played);
  for (const notice of noticesOf(left)) note(notice);
  if (options.json === true) {
    const episodes = left.map(({ id, resolved: { spec, task } }) => ({
      id,
      family: spec.family.name,
      task: task.id,
      seed: spec.seed,
    }));
    printJson({ schema: "metamem.rollout-estimate/1", episodes, settled: settled.size, expected });
  } else printLines(estimateLines(left, settled.size, expected));
  return exitCodes.ok;
}

/** Those of the scaffold, which all episodes share. */
function usualAverages({ episodes: [first] }: RolloutPlan): Averages {
  if (first === undefined) throw new UsageError("worlds", "no world is left to play");
  return shippedAverages(first.resolved.bundle.manifest);
}

function report(result: RolloutResult, options: RolloutOptions): void {
  if (options.json === true) printJson(result);
  else printLines(rolloutSummary(result, new Painter(colourDepth({ isTty: process.stdout.isTTY, env: process.env }))));
  const { stopped, folder } = result.operational;
  if (stopped !== null) note(`metamem: ${stopped.code}: ${stopped.message}`);
  if (result.totals.open > 0 && options.json === true) note(rolloutResumeHint(folder));
}

/** 0 when every episode has a result; otherwise what stopped the run or the first episode without one. */
function exitCodeOfRun({ totals, operational }: RolloutResult): number {
  if (totals.open === 0) return exitCodes.ok;
  const code = operational.stopped?.code ?? Object.values(operational.open)[0]?.code;
  return code === undefined ? exitCodes.checkFailed : exitCodeOf(code);
}
