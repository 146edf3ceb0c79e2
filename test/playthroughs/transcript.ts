import type { EnvironmentFamily, Frame, Milestone, Observation, TaskSpec } from "@metamem/core";

export interface TranscriptOptions {
  /**
   * For games whose texts hold the whole picture: it is not drawn again, the short-term text is told only when it changed, and of more than
   * two empty lines in a row the number.
   */
  readonly textOnly?: boolean;
}

/**
 * A whole stretch of play as readable text: what the task is, what each action did, what the player saw. Reviewers read the diff of such
 * a file instead of guessing what a change did to the game.
 */
export async function transcript(
  family: EnvironmentFamily,
  task: TaskSpec,
  seed: number,
  actions: readonly string[],
  { textOnly = false }: TranscriptOptions = {},
): Promise<string> {
  const environment = await family.open(task);
  const lines = head(family, task, seed);
  const shown = (now: Observation, before?: Observation) => {
    if (!textOnly) return [`  turn ${now.turn}`, ...picture(environment.frame(), family), ...texts(now)];
    const told = now.shortTerm === before?.shortTerm ? { ...now, shortTerm: "" } : now;
    return [`  turn ${now.turn}`, ...withoutEmptyRuns(texts(told))];
  };
  let observation = await environment.reset({ seed });
  lines.push("", "start", ...shown(observation));
  for (const [step, action] of actions.entries()) {
    const before = { observation, reached: reached(environment.progress().milestones) };
    const result = await environment.step(action);
    observation = result.observation;
    const effect = family.effect(before.observation, action, observation);
    const fresh = reached(environment.progress().milestones).filter((name) => !before.reached.includes(name));
    lines.push("", `step ${step}: ${action}`, `  effect: ${effect.summary}${effect.changed ? "" : " (no change)"}`);
    if (result.reward !== 0) lines.push(`  reward: ${Number(result.reward.toFixed(6))}`);
    if (fresh.length > 0) lines.push(`  reached: ${fresh.join(", ")}`);
    lines.push(...shown(observation, before.observation));
    if (result.terminated || result.truncated) {
      lines.push("", `the end: ${environment.progress().endReason}`);
      break;
    }
  }
  environment.close();
  return `${lines.join("\n")}\n`;
}

function head(family: EnvironmentFamily, task: TaskSpec, seed: number): string[] {
  const { defaultAction, fallbackAction, maxSteps } = task;
  return [
    `${family.title} ${family.version}, task ${task.id} (${task.title}), seed ${seed}`,
    `options: ${JSON.stringify(task.options)}`,
    `steps: ${maxSteps}; default action: ${defaultAction}; fallback action: ${fallbackAction}`,
    `actions: ${task.actions.map((action) => action.name).join(", ")}`,
  ];
}

function texts({ longTerm, shortTerm }: Observation): string[] {
  return [longTerm, shortTerm].flatMap((part) => part.split("\n")).map((line) => `  > ${line}`.trimEnd());
}

function withoutEmptyRuns(lines: readonly string[]): string[] {
  const empty = / {2}>\n(?: {2}>\n){2,}/g;
  return `${lines.join("\n")}\n`
    .replace(empty, (run) => `  > (${run.length / 4} empty lines)\n`)
    .trimEnd()
    .split("\n");
}

function picture(frame: Frame, { view }: EnvironmentFamily): string[] {
  return Array.from({ length: frame.height }, (_, row) => {
    const cells = [...frame.cells.subarray(row * frame.width, (row + 1) * frame.width)];
    return `  | ${cells.map((cell) => view.styles[cell]?.glyph ?? "?").join("")}`.trimEnd();
  });
}

function reached(milestones: readonly Milestone[]): string[] {
  return milestones.filter((milestone) => milestone.reached).map((milestone) => milestone.name);
}
