import { cells } from "../level.ts";
import { allDirections, type Direction, directions, opposite, type Room, stepFrom } from "./board.ts";

/** Pushes that are needed at least to bring a box from a cell to one goal, other boxes left out; `unreachable` when it cannot be. */
export const unreachable = 255;

export function pushDistances(room: Room, goal: number): Uint8Array {
  const distances = new Uint8Array(cells).fill(unreachable);
  distances[goal] = 0;
  const queue = [goal];
  for (const cell of queue) {
    for (const direction of allDirections) {
      // Backwards: the box came from here, pushed by a player one cell further back.
      const from = stepFrom(cell, opposite(direction));
      const player = room[from] === 1 ? stepFrom(from, opposite(direction)) : from;
      if (room[from] !== 1 || room[player] !== 1 || distances[from] !== unreachable) continue;
      distances[from] = (distances[cell] as number) + 1;
      queue.push(from);
    }
  }
  return distances;
}

/** Least sum of distances over all ways to give each of four boxes its own goal; `unreachable` or more when there is none. */
export function leastPushes(boxes: ArrayLike<number>, distances: readonly Uint8Array[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (const [a, b, c, d] of assignments) {
    const sum =
      (distances[a]?.[boxes[0] as number] as number) +
      (distances[b]?.[boxes[1] as number] as number) +
      (distances[c]?.[boxes[2] as number] as number) +
      (distances[d]?.[boxes[3] as number] as number);
    if (sum < best) best = sum;
  }
  return best;
}

const four = [0, 1, 2, 3] as const;
/** Every order of four goals. */
const assignments = four.flatMap((a) =>
  four.flatMap((b) =>
    four.flatMap((c) => four.filter((d) => new Set([a, b, c, d]).size === 4).map((d) => [a, b, c, d] as const)),
  ),
);

/**
 * Whether the box on `cell` can never move again while it or a box that holds it is off its goal: then nothing can solve the position.
 * A box is stuck along a line when a wall stands on either side of it, or a box that is itself stuck across.
 */
export function isFrozen(cell: number, room: Room, blocked: Uint8Array, goals: Uint8Array): boolean {
  const held: number[] = [];
  return stuck(cell, room, blocked, held) && held.some((box) => goals[box] !== 1);
}

function stuck(cell: number, room: Room, blocked: Uint8Array, held: number[]): boolean {
  held.push(cell);
  // A box asked about already counts as a wall for those that lean on it.
  const result = stuckAlong(0, cell, room, blocked, held) && stuckAlong(1, cell, room, blocked, held);
  if (!result) held.splice(held.indexOf(cell), 1);
  return result;
}

function stuckAlong(direction: Direction, cell: number, room: Room, blocked: Uint8Array, held: number[]): boolean {
  const sides = [cell + directions[direction], cell - directions[direction]];
  if (sides.some((side) => room[side] !== 1 || held.includes(side))) return true;
  return sides.some((side) => blocked[side] === 1 && stuck(side, room, blocked, held));
}
