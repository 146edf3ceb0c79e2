import {
  allDirections,
  type Direction,
  directionNames,
  occupied,
  opposite,
  type Position,
  type Room,
  stepFrom,
} from "./board.ts";
import type { Push } from "./solve.ts";

/** A way to solve a level, as the tasks' actions. */
export interface Solution {
  readonly actions: readonly (typeof directionNames)[number][];
  readonly pushes: number;
  /** Stretches in which one box is pushed one way: what a person would call a move. */
  readonly lines: number;
  /** Times the player turns from one box to another. */
  readonly changes: number;
}

/** Pushes as actions: before each the player walks the shortest way to the box. */
export function solutionOf(room: Room, { boxes, player }: Position, pushes: readonly Push[]): Solution {
  const blocked = occupied(boxes);
  const actions: Direction[] = [];
  let [at, lines, changes] = [player, 0, -1];
  let last: Push | null = null;
  for (const push of pushes) {
    const to = stepFrom(push.from, push.direction);
    actions.push(...wayTo(room, blocked, at, stepFrom(push.from, opposite(push.direction))), push.direction);
    const sameBox: boolean = last !== null && push.from === stepFrom(last.from, last.direction);
    if (!sameBox) changes += 1;
    if (!sameBox || last?.direction !== push.direction) lines += 1;
    blocked[push.from] = 0;
    blocked[to] = 1;
    at = push.from;
    last = push;
  }
  return { actions: actions.map((direction) => directionNames[direction]), pushes: pushes.length, lines, changes };
}

/** Steps of a shortest walk; `to` must be reachable. */
function wayTo(room: Room, blocked: Uint8Array, from: number, to: number): Direction[] {
  const cameBy = new Map<number, Direction | null>([[from, null]]);
  const queue = [from];
  for (const cell of queue) {
    if (cell === to) break;
    for (const direction of allDirections) {
      const next = stepFrom(cell, direction);
      if (room[next] !== 1 || blocked[next] === 1 || cameBy.has(next)) continue;
      cameBy.set(next, direction);
      queue.push(next);
    }
  }
  const way: Direction[] = [];
  for (let cell = to, by = cameBy.get(to); by !== null && by !== undefined; by = cameBy.get(cell)) {
    way.push(by);
    cell = stepFrom(cell, opposite(by));
  }
  return way.reverse();
}
