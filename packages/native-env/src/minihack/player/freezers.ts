import { nethackActions } from "../../nethack/actions.ts";
import type { LevelScene } from "./level-scene.ts";

/** Something that may freeze lava, and the command that uses it. */
export interface Freezer {
  readonly letter: string;
  readonly command: "zap" | "apply";
}

const horn = /(?<!unicorn )\bhorn\b/;

/** Whether a name may be that of a thing that freezes: of what kind a wand or a horn is shows only when it is used. */
export function mayFreeze(name: string): boolean {
  return / wand$|wand of cold/.test(name) || horn.test(name);
}

/** What may freeze lava among the things that are carried; the last found first. */
export function freezers({ sight }: LevelScene): Freezer[] {
  return sight.inventory
    .filter(({ text }) => mayFreeze(text))
    .map(({ letter, text }): Freezer => ({ letter, command: horn.test(text) ? "apply" : "zap" }))
    .reverse();
}

/** The action whose key is a letter, the only way to give one as an answer in these tasks; null when there is none. */
export function actionForKey(scene: LevelScene, letter: string): string | null {
  const code = letter.length === 1 ? letter.charCodeAt(0) : -1;
  return nethackActions.find(({ name, key }) => key === code && scene.offers(name))?.name ?? null;
}
