import { type RecordedTask, recordedTask } from "./recorded-task.ts";
import { readRecording, type TaskRecording } from "./recording.ts";

/** A file of recorded episodes in the line format of native/minihack/task/golden_main.cc. Throws `UsageError` for a file of another format. */
export async function minihackReplayLines(path: string): Promise<string[]> {
  const recordings = await readRecording(path);
  return recordings.flatMap((recording, index) => [...linesOf(recording, recordedTask(recording, path, index + 1))]);
}

function* linesOf(recording: TaskRecording, task: RecordedTask): Generator<string> {
  const { core, disp, start, actions, steps } = recording;
  yield ["episode", core, disp, ...wordsOf(task)].join(" ");
  if (start.sha !== undefined) yield `start ${start.sha}`;
  for (const [index, [reward, terminated, truncated, sha]] of steps.entries()) {
    yield `step ${task.action(actions[index] ?? "")} ${reward} ${Number(terminated)} ${Number(truncated)} ${sha}`;
  }
  if (recording.return !== undefined) yield `return ${recording.return}`;
}

function wordsOf({ config, level }: RecordedTask): (string | number)[] {
  const { clock, character, autopickup, pet, spawnMonsters, boulders, keepsQuestions, maxSteps, penaltyStep } = config;
  const flags = [autopickup, pet, spawnMonsters, boulders, keepsQuestions].map(Number);
  const [keys, text] = [config.keys.toHex(), Buffer.from(level).toString("hex")];
  return [clock, character, ...flags, maxSteps, penaltyStep, keys, text];
}
