import { badRecording } from "../../parity/recording-lines.ts";
import { boxobanLevel } from "../levels/index.ts";
import { type GameConfig, gameConfig, parseOptions } from "../options.ts";
import { minihackTasks } from "../tasks.ts";
import type { TaskRecording } from "./recording.ts";

/** What a recorded episode was played on. */
export interface RecordedTask {
  readonly config: GameConfig;
  /** Place in the task's list of actions of what an agent said. */
  action(said: string): number;
  /** In the language of des-files. */
  readonly level: string;
}

/** The task of line `line` (1 is the first) of a file. Throws `UsageError` when there is no such task, or the level that was played is missing. */
export function recordedTask(recording: TaskRecording, path: string, line: number): RecordedTask {
  const task = minihackTasks.find(({ id }) => id === recording.task);
  if (task === undefined) throw badRecording(path, `line ${line}: there is no task ${recording.task}`);
  const { clock, autopickup, boxoban } = recording;
  const options = { ...parseOptions(task.options), clock, autopickup };
  const level = options.level.from === "des" ? options.level.text : boxoban && boxobanLevel(boxoban.rows);
  if (level === null) throw badRecording(path, `line ${line}: the level that was played is missing`);
  const names = task.actions.map(({ name }) => name);
  const action = (said: string) => names.indexOf(names.includes(said) ? said : task.defaultAction);
  return { config: gameConfig(options, names), action, level };
}
