import type { ActionSpec } from "../env/environment.ts";

/** The game's actions as prompts show them. Neighbours with the same description share a line: some games have a hundred keys that do the like. */
export function actionList(actions: readonly ActionSpec[]): string {
  const groups: { names: string[]; description: string }[] = [];
  for (const { name, description } of actions) {
    const last = groups.at(-1);
    if (last?.description === description) last.names.push(name);
    else groups.push({ names: [name], description });
  }
  return ["Game actions:", ...groups.map(({ names, description }) => `- ${names.join(", ")}: ${description}`)].join(
    "\n",
  );
}
