import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { lockFolder, TraceError, UsageError } from "@metamem/core";
import { isModulePath } from "../registry.ts";
import { scaffoldNames } from "../seeds-folder.ts";
import { foldersOf, recordedAdapters } from "../servers/adapter-record.ts";
import type { OperationConfig, PlayConfig, RolloutConfig } from "./config.ts";
import { planHash, type RolloutPlan, resolvePlan } from "./plan.ts";
import type { RolloutResult } from "./rollout-result.ts";
import { RunFolder } from "./run-folder.ts";
import { type RunRecord, recordOf } from "./run-record.ts";
import { Session, type SessionOptions } from "./session.ts";

/** Begins a run in a new folder and plays it. What cannot work fails before the folder is made. */
export async function startRollout(
  config: RolloutConfig,
  out: string,
  options: SessionOptions,
): Promise<RolloutResult> {
  RunFolder.checkFree(out);
  const plan = await resolvePlan(config.play);
  const session = new Session(plan, config.operation, options);
  await session.preflight();
  return await session.play(RunFolder.create(out, recordOf(plan, config)));
}

export interface ResumeRequest {
  /** What comes from outside the system has to be named again: a run's folder never says what code to load. */
  readonly env?: readonly string[] | undefined;
  readonly scaffold?: string | undefined;
  /** Changes to how it was run before. */
  readonly operation: (before: OperationConfig) => OperationConfig;
}

/**
 * Plays what a run has no result for. Episodes go on from their last recorded call.
 * @throws TraceError `trace.changed_plan` when code, scaffold, environment or worlds are not what they were, unless `restartChanged`.
 */
export async function resumeRollout(
  folder: string,
  request: ResumeRequest,
  options: SessionOptions,
): Promise<RolloutResult> {
  const { run, record } = RunFolder.open(folder);
  const plan = await resolvePlan(playOf(record, request));
  const adapters = recordedAdapters(folder);
  const before = record.operational.operation;
  const operation = request.operation({ ...before, adapters: { ...before.adapters, ...foldersOf(adapters) } });
  const changed = planHash(plan.episodes) !== record.plan;
  if (changed && options.restartChanged !== true) throw changedPlan(record, plan);
  const session = new Session(plan, operation, options);
  const settled = run.settledIds();
  const left = plan.episodes.filter(({ id }) => !settled.has(id));
  await session.preflight(left, adapters);
  if (changed) replacePlan(run, recordOf(plan, { play: plan.config, operation }));
  return await session.play(run);
}

/** The plan of a run folder, for readers and estimates. */
export async function planOfRun(folder: string, request: Omit<ResumeRequest, "operation">): Promise<RolloutPlan> {
  const { record } = RunFolder.open(folder);
  return await resolvePlan(playOf(record, request));
}

function playOf({ config }: RunRecord, { env, scaffold }: Omit<ResumeRequest, "operation">): PlayConfig {
  const outside = config.env.filter(isModulePath);
  if (env === undefined && outside.length > 0) {
    throw new UsageError(
      "resume",
      `the run plays ${outside.join(", ")}, which is not registered: add --env with the same list as before`,
    );
  }
  if (scaffold === undefined && !scaffoldNames().includes(config.scaffold)) {
    throw new UsageError("resume", `the run plays the scaffold '${config.scaffold}': add --scaffold with its folder`);
  }
  return { ...config, env: [...(env ?? config.env)], scaffold: scaffold ?? config.scaffold };
}

function changedPlan(record: RunRecord, plan: RolloutPlan): TraceError {
  const now = recordOf(plan, { play: plan.config, operation: record.operational.operation });
  const what = firstChange(record, now);
  return new TraceError(
    "changed_plan",
    `cannot resume: ${what}; go back to what it was, or play the changed episodes anew with --restart-changed`,
    { data: { recorded: record.plan, now: now.plan } },
  );
}

function firstChange(was: RunRecord, is: RunRecord): string {
  for (const { name, version } of was.families) {
    const now = is.families.find((family) => family.name === name);
    if (now === undefined) return `the environment ${name} is not played any more`;
    if (now.version !== version) return `the environment ${name} was version ${version} and is ${now.version}`;
  }
  if (was.scaffold.hash !== is.scaffold.hash) {
    const [before, now] = [was.scaffold, is.scaffold].map(({ name, hash }) => `${name} ${hash.slice(0, 12)}`);
    return `the scaffold was ${before} and is ${now}`;
  }
  const tasks = new Set(Object.keys(was.tasks));
  const changed = is.episodes.find(({ taskHash }) => !tasks.has(taskHash));
  if (changed !== undefined) {
    const { family, task } = changed;
    const known = was.episodes.some((episode) => episode.family === family && episode.task === task);
    if (known) return `the task ${task} of ${family} has changed`;
    return `its worlds are now of the task ${task} of ${family}, whose data may have come or gone since the run began`;
  }
  return `the worlds of '${was.config.worlds}' have changed`;
}

/** Puts aside what belongs only to the old plan, unless somebody plays it. Results of episodes that did not change stay. */
function replacePlan(run: RunFolder, record: RunRecord): void {
  const unlock = lockFolder(run.path);
  try {
    const kept = new Set(record.episodes.map(({ id }) => id));
    const old = RunFolder.open(run.path).record.episodes.filter(({ id }) => !kept.has(id));
    run.replaceRecord(record);
    for (const { id } of old) {
      if (existsSync(run.episode(id))) run.replaceEpisode(id);
      const row = join(run.path, "results", `${id}.json`);
      if (existsSync(row)) renameSync(row, join(run.path, "replaced", `${id}.result.json`));
    }
  } finally {
    unlock();
  }
}
