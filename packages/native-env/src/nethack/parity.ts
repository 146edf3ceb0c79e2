import { type ParityOptions, type ParityReport, UsageError } from "@metamem/core";
import { checkRecordings, type Recorded } from "../parity/check-recordings.ts";
import { playRaw } from "./parity/play-raw.ts";
import { playText } from "./parity/play-text.ts";
import { type Recording, readRecording } from "./parity/recording.ts";

/**
 * Plays a file of reference recordings, of raw arrays or of the benchmark's texts, and stops at the first difference. Throws `UsageError` for a file of
 * another format and `SetupError` when the game is not built.
 */
export async function checkRecording(path: string, options: ParityOptions = {}): Promise<ParityReport> {
  const [extra] = Object.keys(options.extras ?? {});
  if (extra !== undefined) throw new UsageError("bad_extra", `NetHack parity takes no extras, '${extra}' was given`);
  return await checkRecordings((await readRecording(path)).map(recorded), options);
}

function recorded(recording: Recording, index: number): Recorded {
  const { core, disp } = recording.game;
  const place = { title: `line ${index + 1} (core ${core}, display ${disp})`, seed: core };
  return recording.kind === "raw"
    ? { ...place, actions: recording.game.keys.map(keyName), play: () => playRaw(recording.game) }
    : { ...place, actions: recording.game.actions, play: (unchecked) => playText(recording.game, unchecked) };
}

/** `k`, `^D`, `M-p`. */
function keyName(key: number): string {
  if (key >= 0x80) return `M-${keyName(key & 0x7f)}`;
  return key < 0x20 ? `^${String.fromCharCode(key | 0x40)}` : String.fromCharCode(key);
}
