import type { Environment, EnvironmentFamily, Frame, Milestone, Observation, TaskSpec } from "@metamem/core";

/**
 * A whole stretch of play as readable text: what the task is, what each action did, what the player saw. Reviewers read the diff of such
 * a file instead of guessing what a change did to the game.
 */
export async function transcript(
  family: EnvironmentFamily,
  task: TaskSpec,
  seed: number,
  actions: readonly string[],
): Promise<string> {
  const environment = await family.open(task);
  const lines = head(family, task, seed);
  let observation = await environment.reset({ seed });
  lines.push("", "start", ...scene(environment, family, observation));
  for (const [step, action] of actions.entries()) {
    const before = { observation, reached: reached(environment.progress().milestones) };
    const result = await environment.step(action);
    observation = result.observation;
    const effect = family.effect(before.observation, action, observation);
    const fresh = reached(environment.progress().milestones).filter((name) => !before.reached.includes(name));
    lines.push("", `step ${step}: ${action}`, `  effect: ${effect.summary}${effect.changed ? "" : " (no change)"}`);
    if (result.reward !== 0) lines.push(`  reward: ${Number(result.reward.toFixed(6))}`);
    if (fresh.length > 0) lines.push(`  reached: ${fresh.join(", ")}`);
    lines.push(...scene(environment, family, observation));
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

function scene(environment: Environment, family: EnvironmentFamily, observation: Observation): string[] {
  const text = [observation.longTerm, observation.shortTerm].flatMap((part) => part.split("\n"));
  return [
    `  turn ${observation.turn}`,
    ...picture(environment.frame(), family),
    ...text.map((line) => `  > ${line}`.trimEnd()),
  ];
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
