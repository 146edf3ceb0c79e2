import { type ParityDivergence, type ParityOptions, type ParityReport, UsageError } from "@metamem/core";
import { type Comparison, Unchecked } from "../parity/comparison.ts";
import { checkRaw } from "./parity/check-raw.ts";
import { checkText } from "./parity/check-text.ts";
import { lengthOf, type Recording, readRecording } from "./parity/recording.ts";

const recentActions = 10;

/**
 * Plays a file of reference recordings, of raw arrays or of the benchmark's texts, and stops at the first difference. Throws `UsageError` for a file of
 * another format and `SetupError` when the game is not built.
 */
export async function checkRecording(path: string, options: ParityOptions = {}): Promise<ParityReport> {
  const [extra] = Object.keys(options.extras ?? {});
  if (extra !== undefined) throw new UsageError("bad_extra", `NetHack parity takes no extras, '${extra}' was given`);
  const recordings = await readRecording(path);
  const total = recordings.reduce((sum, recording) => sum + lengthOf(recording), 0);
  const unchecked = new Unchecked();
  let steps = 0;
  for (const [index, recording] of recordings.entries()) {
    const difference = recording.kind === "raw" ? checkRaw(recording.game) : checkText(recording.game, unchecked);
    if (difference !== undefined) {
      const divergence = describe(recording, index, difference);
      const agreed = steps + Math.max(0, difference.step - 1);
      return { steps: agreed, episodes: index + 1, divergences: [divergence], unchecked: unchecked.toRecord() };
    }
    steps += lengthOf(recording);
    options.onProgress?.(steps, total);
    // Lets the caller draw its progress.
    await Bun.sleep(0);
  }
  return { steps, episodes: recordings.length, divergences: [], unchecked: unchecked.toRecord() };
}

function describe(
  recording: Recording,
  index: number,
  { step, ...difference }: Comparison & { readonly step: number },
): ParityDivergence {
  const { core, disp } = recording.game;
  const all = recording.kind === "raw" ? recording.game.keys.map(keyName) : recording.game.actions;
  const played = all.slice(0, step);
  return {
    episode: `line ${index + 1} (core ${core}, display ${disp})`,
    seed: Number(core),
    step,
    action: played.at(-1) ?? null,
    ...difference,
    recentActions: played.slice(-recentActions),
  };
}

/** `k`, `^D`, `M-p`. */
function keyName(key: number): string {
  if (key >= 0x80) return `M-${keyName(key & 0x7f)}`;
  return key < 0x20 ? `^${String.fromCharCode(key | 0x40)}` : String.fromCharCode(key);
}
