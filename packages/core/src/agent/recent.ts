import type { TaskSpec } from "../env/environment.ts";

/** Movements looked back on, and reversals among them that make a step oscillating (spec automem §7.3). */
const movementWindow = 10;
const oscillationReversals = 3;

export interface RecentEntry {
  readonly step: number;
  readonly action: string;
  /** The effect's one-clause summary. */
  readonly outcome: string;
}

/** What was done lately: the ring shown to the model, and the movement window behind the oscillation counter. */
export class RecentActions {
  private readonly entries: RecentEntry[] = [];
  private readonly movements: (readonly [number, number])[] = [];
  private readonly directions: ReadonlyMap<string, readonly [number, number]>;
  private readonly capacity: number;

  constructor(task: TaskSpec, capacity: number) {
    this.capacity = capacity;
    this.directions = new Map(
      task.actions.flatMap((action) =>
        action.direction === undefined ? [] : [[action.name, action.direction] as const],
      ),
    );
  }

  add(entry: RecentEntry): void {
    this.entries.push(entry);
    if (this.entries.length > this.capacity) this.entries.shift();
    const direction = this.directions.get(entry.action);
    if (direction === undefined) return;
    this.movements.push(direction);
    if (this.movements.length > movementWindow) this.movements.shift();
  }

  /** Neighbouring opposite movements in the window. */
  get reversals(): number {
    return this.movements.filter(([dx, dy], index) => {
      const previous = this.movements[index - 1];
      return previous !== undefined && previous[0] === -dx && previous[1] === -dy;
    }).length;
  }

  get oscillating(): boolean {
    return this.reversals >= oscillationReversals;
  }

  /** The prompt part: one line per action, oldest first; empty text before the first action. */
  render(): string {
    if (this.entries.length === 0) return "";
    return [
      "Your latest actions and what they did:",
      ...this.entries.map((entry) => `- step ${entry.step}: ${entry.action} -> ${entry.outcome}`),
    ].join("\n");
  }
}
