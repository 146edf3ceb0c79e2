import { type ParityOptions, type ParityReport, UsageError } from "@metamem/core";
import { Unchecked } from "../parity/comparison.ts";
import { checkEpisode } from "./parity/check-episode.ts";
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
  const total = episodes.reduce((sum, { actions }) => sum + actions.length, 0);
  const unchecked = new Unchecked();
  let steps = 0;
  for (const [index, episode] of episodes.entries()) {
    const result = checkEpisode(episode, textures, unchecked);
    steps += result.steps;
    options.onProgress?.(steps, total);
    if (result.divergence !== null) {
      return { steps, episodes: index + 1, divergences: [result.divergence], unchecked: unchecked.toRecord() };
    }
    // Lets the caller draw its progress.
    await Bun.sleep(0);
  }
  return { steps, episodes: episodes.length, divergences: [], unchecked: unchecked.toRecord() };
}

function texturesOf(extras: Readonly<Record<string, string>>): Uint8Array | null {
  for (const name of Object.keys(extras)) {
    if (name !== "textures")
      throw new UsageError("bad_extra", `Crafter parity has no extra '${name}'; known: textures`);
  }
  return extras.textures === undefined ? null : packTextures(loadTextures(extras.textures));
}
