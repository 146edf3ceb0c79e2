import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, parseModelSpec, SetupError, UsageError } from "@metamem/core";
import { protocolTitle } from "../protocol-title.ts";
import { type BalrogFamily, loadBalrogNames, statisticsOf } from "./balrog-names.ts";
import { environmentSummary, overallSummary, type SummarisedEpisode } from "./balrog-summary.ts";
import { type Trajectory, writeTrajectory } from "./balrog-trajectory.ts";
import { groupBy } from "./group-by.ts";
import { insistOnTrace } from "./insist-on-trace.ts";
import { type LoadedRun, loadRun, type ReportedEpisode } from "./run-rows.ts";

export interface BalrogExport {
  readonly episodes: number;
  /** The `summary.json` that was written. */
  readonly summary: JsonObject;
  /** Tasks that are none of the benchmark's. */
  readonly leftOut: readonly { readonly family: string; readonly task: string; readonly episodes: number }[];
}

interface Exported {
  readonly episode: ReportedEpisode;
  readonly names: BalrogFamily;
  readonly task: string;
}

/**
 * Writes a run as the benchmark's own result folder: `<env>/<task>/<task>_run_NN.json` and `.csv`, a summary per environment and one in
 * all. Every planned episode is there; those that failed have progression 0.
 * @throws UsageError when episodes are open, nothing is of the benchmark, or the folder is not free.
 */
export function exportBalrog(folder: string, out: string): BalrogExport {
  const loaded = loadRun(folder);
  const open = loaded.episodes.filter(({ status }) => status === "open").length;
  if (open > 0) {
    throw new UsageError(
      "incomplete",
      `${folder} has episodes without a result (${open}): play them first, with rollout --resume`,
    );
  }
  const exported = benchmarkEpisodes(loaded);
  if (exported.length === 0) throw new UsageError("benchmark", `nothing in ${folder} is a task of the benchmark`);
  insistOnFree(out);
  for (const { episode } of exported) insistOnTrace(loaded.run.episode(episode.id));
  try {
    const player = playerOf(loaded);
    const summarised = [...groupBy(exported, ({ task }) => task).values()].flatMap((own) =>
      own.map((one, index) => writeEpisode(loaded, one, index, out, player)),
    );
    for (const [name, own] of groupBy(summarised, (one) => one.folder)) {
      writeJson(join(out, name, `${name}_summary.json`), environmentSummary(own));
    }
    const summary = overallSummary(summarised, player);
    writeJson(join(out, "summary.json"), summary);
    return { episodes: exported.length, summary, leftOut: leftOutOf(loaded, exported) };
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new SetupError("unwritable", `cannot write to ${out}: ${cause.message}`, { cause });
  }
}

function insistOnFree(out: string): void {
  if (!existsSync(out)) return;
  if (!statSync(out).isDirectory()) throw new UsageError("out", `--out ${out} is a file: name a new folder`);
  if (readdirSync(out).length > 0) throw new UsageError("out", `--out ${out} is not empty: name another folder`);
}

/** Own levels stand in for published ones; they are no results of the benchmark. */
function benchmarkEpisodes({ episodes }: LoadedRun): Exported[] {
  const families = loadBalrogNames();
  return episodes.flatMap((episode) => {
    const names = Object.hasOwn(families, episode.family) ? families[episode.family] : undefined;
    const task =
      names !== undefined && Object.hasOwn(names.tasks, episode.task) ? names.tasks[episode.task] : undefined;
    return names === undefined || task === undefined || episode.material === "own" ? [] : [{ episode, names, task }];
  });
}

function leftOutOf({ episodes }: LoadedRun, exported: readonly Exported[]): BalrogExport["leftOut"] {
  const kept = new Set(exported.map(({ episode }) => episode.id));
  const left = episodes.filter(({ id }) => !kept.has(id));
  return [...groupBy(left, ({ family, task }) => JSON.stringify([family, task])).values()].map((own) => ({
    family: own[0]?.family ?? "",
    task: own[0]?.task ?? "",
    episodes: own.length,
  }));
}

function writeEpisode(
  { run }: LoadedRun,
  { episode, names, task }: Exported,
  index: number,
  out: string,
  player: JsonObject,
): SummarisedEpisode {
  const name = `${task}_run_${String(index).padStart(2, "0")}`;
  const folder = join(out, names.folder, task);
  mkdirSync(folder, { recursive: true });
  const result = run.result(episode.id)?.result ?? null;
  const trajectory = writeTrajectory(run.episode(episode.id), join(folder, `${name}.csv`));
  const { memory, gameplay } = episode.metrics?.tokens ?? { memory: noTokens, gameplay: noTokens };
  const inputTokens = memory.prompt + gameplay.prompt;
  const outputTokens = memory.output + gameplay.output;
  writeJson(join(folder, `${name}.json`), {
    task,
    action_frequency: trajectory.actionFrequency,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    ...(trajectory.done ? { done: true } : {}),
    episode_return: result?.episodeReturn ?? 0,
    num_steps: trajectory.steps,
    failed_candidates: [...trajectory.failedCandidates],
    ...statisticsOf(names, result, episode.progression),
    ...failure(episode),
    process_num: null,
    seed: episode.seed,
    ...player,
  });
  return summarised(names.folder, task, episode, trajectory, inputTokens, outputTokens);
}

const noTokens = { prompt: 0, output: 0 };

function summarised(
  folder: string,
  task: string,
  { progression }: ReportedEpisode,
  { steps }: Trajectory,
  inputTokens: number,
  outputTokens: number,
): SummarisedEpisode {
  return { folder, task, progression, steps, inputTokens, outputTokens };
}

/** The benchmark has no word for it, so it is said in ours. */
function failure({ status, error }: ReportedEpisode): JsonObject {
  return status === "finished" ? {} : { status, error };
}

/** Who played, without addresses of servers. */
function playerOf({ record, label }: LoadedRun): JsonObject {
  const { config, scaffold } = record;
  const memory = config.memoryModel ?? config.model;
  const gameplay = config.gameplayModel ?? config.model;
  const { temperature, maxOutputTokens } = config.protocol;
  const client = (model: string): JsonObject => ({
    ...modelNames(model),
    generate_kwargs: { temperature, max_tokens: maxOutputTokens },
  });
  return {
    client: client(gameplay),
    ...(memory === gameplay ? {} : { memory_client: client(memory) }),
    agent: {
      type: "metamem",
      scaffold: scaffold.name,
      scaffold_hash: scaffold.hash,
      protocol: protocolTitle(config.protocol),
    },
    ...(label === null ? {} : { rule_based: true, label }),
  };
}

function modelNames(model: string): JsonObject {
  const spec = parseModelSpec(model);
  return spec.kind === "scripted"
    ? { client_name: "rule-based player", model_id: "scripted" }
    : { client_name: spec.preset, model_id: spec.name };
}

function writeJson(path: string, value: JsonObject): void {
  writeFileSync(path, `${JSON.stringify(value, null, 4)}\n`);
}
