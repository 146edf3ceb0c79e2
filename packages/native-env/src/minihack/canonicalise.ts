import type { Canonical, TaskSpec } from "@metamem/core";
import { canonicalise as nethackCanonical } from "../nethack/canonicalise.ts";
import { actionNamed } from "./options.ts";

/** As for NetHack, within the task's list. Tasks have no bare keys: a single letter is the action it plays (`k` is `north`). */
export function canonicalise(text: string, { actions }: Pick<TaskSpec, "actions">): Canonical {
  const { action, rule } = nethackCanonical(text);
  if (action === null || actions.some(({ name }) => name === action)) return { action, rule };
  const { key } = actionNamed(action);
  const played = actions.find(({ name }) => actionNamed(name).key === key);
  return played === undefined ? { action: null, rule: "unknown" } : { action: played.name, rule: "key" };
}
