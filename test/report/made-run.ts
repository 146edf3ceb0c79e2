import { type EpisodeMetrics, hashJson, MetricsPass } from "@metamem/core";
import { type EpisodeResult, RunFolder, type RunRecord, type RunRow, resolveConfig } from "@metamem/loops";

/** An episode of a run that nobody played: what reports make of it can be worked out by hand. */
export interface MadeEpisode {
  readonly family?: string;
  readonly task?: string;
  readonly seed: number;
  readonly maxSteps?: number;
  readonly repetition?: number;
  /** By default finished, and open without a progression. */
  readonly status?: RunRow["status"];
  readonly progression?: number;
  readonly metrics?: Partial<EpisodeMetrics>;
  readonly details?: EpisodeResult["details"];
  /** The task's options. */
  readonly options?: Readonly<Record<string, unknown>>;
}

const model = "compatible:some-model@http://localhost:1/v1";
const at = "2026-01-01T00:00:00.000Z";

/** Writes a run's folder through the code that real runs use. */
export function makeRun(path: string, episodes: readonly MadeEpisode[], label: string | null = null): void {
  const planned = episodes.map((episode) => ({ episode, entry: entryOf(episode) }));
  const run = RunFolder.create(path, recordOf(planned, label));
  for (const { episode, entry } of planned) {
    if (episode.progression !== undefined) run.commit(rowOf(episode, entry, label));
  }
}

type Entry = RunRecord["episodes"][number];
type Planned = readonly { readonly episode: MadeEpisode; readonly entry: Entry }[];

function entryOf({
  family = "game",
  task = "default",
  seed,
  repetition = 0,
  maxSteps = 100,
  options = {},
}: MadeEpisode): Entry {
  const id = hashJson([family, task, seed, repetition, maxSteps]);
  return {
    id,
    family,
    task,
    taskHash: hashJson([task, options]),
    seed,
    repetition,
    samplingSeed: repetition,
    maxSteps,
  };
}

function recordOf(planned: Planned, label: string | null): RunRecord {
  const { play, operation } = resolveConfig({ model: label === null ? model : "scripted" });
  const families = [...new Set(planned.map(({ entry }) => entry.family))];
  return {
    schema: "metamem.run/1",
    plan: hashJson(planned.map(({ entry }) => entry.id)),
    config: play,
    families: families.map((name) => ({ name, version: "1" })),
    scaffold: { name: "memory-v0", hash: hashJson("memory-v0") },
    tasks: Object.fromEntries(
      planned.map(({ episode, entry }) => [
        entry.taskHash,
        { options: { ...episode.options } as EpisodeResult["details"] },
      ]),
    ),
    episodes: planned.map(({ entry }) => entry),
    operational: { createdAt: at, code: { version: "0", bun: "0" }, operation },
  };
}

function rowOf(
  { status = "finished", progression = 0, metrics, details }: MadeEpisode,
  entry: Entry,
  label: string | null,
): RunRow {
  const error = status === "finished" ? null : { code: "scaffold.fault", message: "it broke" };
  const { id, family, task, seed, repetition } = entry;
  const result = status === "set_aside" ? null : resultOf(entry, progression, { ...metrics }, details ?? {}, label);
  return {
    schema: "metamem.run-episode/1",
    id,
    family,
    task,
    seed,
    repetition,
    status,
    error,
    progression: status === "finished" ? progression : 0,
    result: result === null ? null : { ...result, status: status === "failed" ? "failed" : "finished", error },
    operational: { settledAt: at },
  };
}

function resultOf(
  { id, family, task, seed, maxSteps }: Entry,
  progression: number,
  metrics: Partial<EpisodeMetrics>,
  details: EpisodeResult["details"],
  label: string | null,
): EpisodeResult {
  const player = {
    spec: label === null ? model : "scripted",
    ruleBased: label !== null,
    contextTokens: 0,
    server: null,
    template: null,
  };
  return {
    schema: "metamem.episode/1",
    episodeId: id.slice(0, 16),
    status: "finished",
    error: null,
    family: { name: family, version: "1" },
    task,
    seed,
    scaffold: { name: "memory-v0", hash: hashJson("memory-v0") },
    protocol: "default",
    temperature: 1,
    samplingSeed: 0,
    maxSteps,
    models: { memory: player, gameplay: player },
    rule_based: label !== null,
    label,
    steps: maxSteps,
    turn: maxSteps,
    progression,
    episodeReturn: 0,
    endReason: "step_limit",
    milestones: [],
    details,
    metrics: { ...new MetricsPass(() => "").result(), ...metrics },
    memory: { storeHash: hashJson(null), files: 0, bytes: 0 },
    operational: {
      folder: path(id),
      startedAt: at,
      endedAt: at,
      seconds: 1,
      stepsPlayed: 0,
      stepsPerSecond: null,
      resumes: 0,
      retries: 0,
      modelSeconds: { log: 0, consult: 0, commit: 0 },
      code: { version: "0", bun: "0" },
    },
  };
}

function path(id: string): string {
  return `episodes/${id}`;
}
