import { createTrace, type EnvironmentFamily } from "@metamem/core";
import { checkFree, createFolder, defaultFolder } from "./episode-folder.ts";
import type { EpisodeSpec, ResolvedEpisode } from "./episode-spec.ts";
import { type PlayOptions, playPrepared } from "./play-prepared.ts";
import { type PreparedEpisode, prepareEpisode, ruleLabel } from "./prepare-episode.ts";
import type { EpisodeResult } from "./result.ts";
import { headerOf } from "./trace-header.ts";

export interface RunOptions extends PlayOptions {
  /** The trace folder; by default a new one under `runs/`. */
  readonly out?: string | undefined;
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
  if (options.out !== undefined) checkFree(options.out);
  const prepared = await prepareEpisode(resolved, options);
  try {
    const { spec, family } = resolved;
    const header = headerOf(prepared);
    const folder = options.out ?? defaultFolder(family.name, spec.seed, startedAt);
    const sink = createFolder(folder, () => createTrace(folder, header));
    options.onStart?.(episodeStart(prepared, folder));
    return await playPrepared(prepared, folder, header, sink, { startedAt, resumes: 0 }, options);
  } finally {
    prepared.close();
  }
}
