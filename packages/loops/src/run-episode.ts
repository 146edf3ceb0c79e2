import {
  createTrace,
  type EnvironmentFamily,
  type Manifest,
  openMemoryStore,
  type TraceHeader,
  type TraceSink,
} from "@metamem/core";
import { checkFree, claimDefaultFolder, createFolder, type FreshFolder, removeFresh } from "./episode-folder.ts";
import type { EpisodeSpec, ResolvedEpisode } from "./episode-spec.ts";
import { type EpisodeRecord, memoryFolder, type PlayOptions, playPrepared } from "./play-prepared.ts";
import { type PreparedEpisode, prepareEpisode, ruleLabel } from "./prepare-episode.ts";
import type { EpisodeResult } from "./result.ts";
import { type AdapterRecord, examineAdapters, recordAdapters } from "./servers/adapter-record.ts";
import { headerOf } from "./trace-header.ts";

export interface RunOptions extends PlayOptions {
  /** The trace folder; by default a new one under `runs/`. */
  readonly out?: string | undefined;
  /** `out` may hold what a start that was killed left behind, as long as no header came of it. */
  readonly reuse?: boolean;
  /** Called once the episode can begin: nothing but play can go wrong from here. */
  readonly onStart?: (start: EpisodeStart) => void;
}

/** What is known when play begins; for views. */
export interface EpisodeStart {
  readonly folder: string;
  readonly family: EnvironmentFamily;
  readonly spec: EpisodeSpec;
  /** Shown beside every number when a rule-based program plays; null otherwise. */
  readonly label: string | null;
}

export function episodeStart(prepared: PreparedEpisode, folder: string): EpisodeStart {
  const { family, spec } = prepared;
  return { folder, family, spec, label: ruleLabel(prepared) };
}

/**
 * Plays one episode into a new folder.
 * @throws UsageError, SetupError or ModelError before anything is written; what goes wrong later is a result with its own status.
 */
export async function runEpisode(resolved: ResolvedEpisode, options: RunOptions): Promise<EpisodeResult> {
  const startedAt = new Date();
  if (options.out !== undefined && options.reuse !== true) checkFree(options.out);
  const { spec, family, bundle } = resolved;
  const adapters = await examineAdapters(options.adapters ?? {}, Object.values(spec.models));
  const prepared = await prepareEpisode(resolved, options);
  try {
    const header = headerOf(prepared);
    const fresh =
      options.out === undefined ? claimDefaultFolder(family.name, spec.seed, startedAt) : createFolder(options.out);
    const record = beginRecord(fresh, header, bundle.manifest.limits, adapters, options);
    options.onStart?.(episodeStart(prepared, fresh.folder));
    return await playPrepared(prepared, record, { startedAt, resumes: 0 }, options);
  } finally {
    prepared.close();
  }
}

/** Opens trace and memory in a new folder, or leaves nothing of it. */
function beginRecord(
  fresh: FreshFolder,
  header: TraceHeader,
  limits: Manifest["limits"],
  adapters: AdapterRecord,
  options: RunOptions,
): EpisodeRecord {
  const { folder } = fresh;
  let sink: TraceSink | null = null;
  try {
    sink = createTrace(folder, header, { durable: options.durable });
    recordAdapters(folder, adapters);
    return { folder, header, sink, store: openMemoryStore(memoryFolder(folder), { limits }) };
  } catch (error) {
    sink?.close();
    removeFresh(fresh, error);
    throw error;
  }
}
