import { type ParityOptions, type ParityReport, UsageError } from "@metamem/core";
import { checkRecordings } from "../parity/check-recordings.ts";
import { crafterActions } from "./actions.ts";
import { playEpisode } from "./parity/play-episode.ts";
import { readRecording } from "./parity/recording.ts";
import { loadTextures } from "./texture-files.ts";
import { packTextures } from "./textures.ts";

/**
 * Plays a file of reference recordings (spec crafter §13) and stops at the first difference. Pictures are checked only when
 * `extras.textures` names the original sprites; otherwise they are counted as unchecked. Throws `UsageError` for a file
 * of another format.
 */
export async function checkRecording(path: string, options: ParityOptions = {}): Promise<ParityReport> {
  const textures = texturesOf(options.extras ?? {});
  const episodes = await readRecording(path);
  const recordings = episodes.map((episode) => ({
    title: episode.id,
    seed: episode.seed,
    actions: episode.actions.map((index) => crafterActions[index]?.name ?? String(index)),
    play: playEpisode.bind(null, episode, textures),
  }));
  return await checkRecordings(recordings, options);
}

function texturesOf(extras: Readonly<Record<string, string>>): Uint8Array | null {
  for (const name of Object.keys(extras)) {
    if (name !== "textures")
      throw new UsageError("bad_extra", `Crafter parity has no extra '${name}'; known: textures`);
  }
  return extras.textures === undefined ? null : packTextures(loadTextures(extras.textures));
}
