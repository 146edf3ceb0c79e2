import { type ParityOptions, type ParityReport, UsageError } from "@metamem/core";
import { playText } from "../nethack/parity/play-text.ts";
import { checkRecordings, type Recorded } from "../parity/check-recordings.ts";
import { recordedTask } from "./parity/recorded-task.ts";
import { readRecording, type TaskRecording } from "./parity/recording.ts";
import { replayTask } from "./parity/replay-task.ts";

/**
 * Plays a file of reference recordings of the benchmark's tasks and stops at the first difference. Throws `UsageError` for a file of another format and
 * `SetupError` when the game is not built.
 */
export async function checkRecording(path: string, options: ParityOptions = {}): Promise<ParityReport> {
  const [extra] = Object.keys(options.extras ?? {});
  if (extra !== undefined) throw new UsageError("bad_extra", `MiniHack parity takes no extras, '${extra}' was given`);
  const recordings = await readRecording(path);
  return await checkRecordings(
    recordings.map((recording, index) => recorded(path, recording, index)),
    options,
  );
}

function recorded(path: string, recording: TaskRecording, index: number): Recorded {
  const { core, disp, actions } = recording;
  const task = recordedTask(recording, path, index + 1);
  return {
    title: `line ${index + 1} (${recording.task}, core ${core}, display ${disp})`,
    seed: core,
    actions,
    play: (unchecked) => playText(recording, replayTask(task), unchecked),
  };
}
