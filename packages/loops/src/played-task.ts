import type { EnvironmentFamily, TaskSpec } from "@metamem/core";

/** What is played when a task is asked for. */
export interface PlayedTask {
  readonly task: TaskSpec;
  /** For the user, when another task stands in for the one asked for. */
  readonly notice?: string;
}

/** The task itself, or what its family plays where its data is missing. */
export function playedTask(family: EnvironmentFamily, asked: TaskSpec): PlayedTask {
  const standIn = family.standIn?.(asked) ?? null;
  if (standIn === null) return { task: asked };
  const { task, reason } = standIn;
  return { task, notice: `${task.id} is played instead of ${asked.id}: ${reason}` };
}
