import type { Knowledge } from "../../nethack/player/knowledge.ts";
import type { Sight } from "../../nethack/player/parse-observation.ts";
import { Scene } from "../../nethack/player/scene.ts";

/** A moment in a task: what NetHack's player makes of it, and what this task lets one do. */
export class LevelScene extends Scene {
  private readonly actions: ReadonlySet<string>;
  /** Steps that are left, this one included; of the last one nothing counts any more. */
  readonly stepsLeft: number;

  constructor(known: Knowledge, sight: Sight, chance: () => number, actions: readonly string[], stepsLeft: number) {
    // Numbers before a command are no actions of these tasks.
    super(known, sight, chance, false);
    this.actions = new Set(actions);
    this.stepsLeft = stepsLeft;
  }

  /** Whether the task has an action; a prompt that names none is trusted to have it. */
  offers(action: string): boolean {
    return this.actions.size === 0 || this.actions.has(action);
  }
}
