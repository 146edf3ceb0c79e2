import {
  allDirections,
  type Direction,
  occupied,
  opposite,
  type Position,
  type Room,
  stepFrom,
  Walk,
} from "./board.ts";
import { isFrozen, leastPushes, pushDistances, unreachable } from "./deadlock.ts";

export interface Push {
  /** The box's cell before. */
  readonly from: number;
  readonly direction: Direction;
}

export type Answer =
  | { readonly kind: "solved"; readonly pushes: readonly Push[]; readonly positions: number }
  | { readonly kind: "unsolvable"; readonly positions: number }
  /** More positions than allowed; it may or may not be solvable. */
  | { readonly kind: "given-up"; readonly positions: number };

/**
 * Fewest pushes that bring the four boxes onto the four goals: A* over box cells and the player's region, guided by the best assignment
 * of boxes to goals, without positions from which a box can never get away (deadlock.ts).
 * @param limit positions to look at before giving up
 */
export function solve(room: Room, goals: readonly number[], start: Position, limit = 200_000): Answer {
  return new Search(room, goals).run(start, limit);
}

/** A position of the search with how it was reached. */
interface Node {
  /** Ascending, so that equal positions look equal. */
  readonly boxes: readonly number[];
  readonly player: number;
  /** Equal for positions with the same boxes and the same region of the player. */
  readonly key: number;
  readonly pushes: number;
  readonly before: Node | null;
  readonly push: Push | null;
}

class Search {
  private readonly room: Room;
  private readonly isGoal: Uint8Array;
  private readonly distances: readonly Uint8Array[];
  private readonly walk: Walk;
  /** Fewest pushes known to each position, by key. */
  private readonly fewest = new Map<number, number>();
  /** By pushes made plus least pushes to come; the newest first among equals. */
  private readonly queues: Node[][] = [];

  constructor(room: Room, goals: readonly number[]) {
    this.room = room;
    this.isGoal = occupied(goals);
    this.distances = goals.map((goal) => pushDistances(room, goal));
    this.walk = new Walk(room);
  }

  run({ boxes, player }: Position, limit: number): Answer {
    this.offer([...boxes], player, null, null);
    for (let sum = 0; sum < this.queues.length; sum++) {
      // Expanding may add to this very queue, never to an earlier one: no push brings the estimate down by more than one.
      for (let node = this.queues[sum]?.pop(); node !== undefined; node = this.queues[sum]?.pop()) {
        if (node.pushes > (this.fewest.get(node.key) as number)) continue;
        const positions = this.fewest.size;
        if (node.boxes.every((box) => this.isGoal[box] === 1))
          return { kind: "solved", pushes: pathTo(node), positions };
        if (positions > limit) return { kind: "given-up", positions };
        this.expand(node);
      }
    }
    return { kind: "unsolvable", positions: this.fewest.size };
  }

  private expand(node: Node): void {
    const { boxes } = node;
    const blocked = occupied(boxes);
    for (const { from, direction } of this.pushes(node, blocked)) {
      const to = stepFrom(from, direction);
      blocked[from] = 0;
      blocked[to] = 1;
      if (!isFrozen(to, this.room, blocked, this.isGoal)) {
        const moved = boxes.map((box) => (box === from ? to : box));
        this.offer(moved, from, node, { from, direction });
      }
      blocked[to] = 0;
      blocked[from] = 1;
    }
  }

  private pushes({ boxes, player }: Node, blocked: Uint8Array): Push[] {
    this.walk.from(player, blocked);
    const isFree = (cell: number) => this.room[cell] === 1 && blocked[cell] === 0;
    return boxes.flatMap((from) =>
      allDirections
        .filter(
          (direction) => isFree(stepFrom(from, direction)) && this.walk.reaches(stepFrom(from, opposite(direction))),
        )
        .map((direction) => ({ from, direction })),
    );
  }

  private offer(boxes: number[], player: number, before: Node | null, push: Push | null): void {
    boxes.sort((a, b) => a - b);
    const rest = leastPushes(boxes, this.distances);
    if (rest >= unreachable) return;
    this.walk.from(player, occupied(boxes));
    const key = [...boxes, this.walk.smallest].reduce((sum, cell) => sum * 128 + cell, 0);
    const pushes = before === null ? 0 : before.pushes + 1;
    if (pushes >= (this.fewest.get(key) ?? Number.POSITIVE_INFINITY)) return;
    this.fewest.set(key, pushes);
    const sum = pushes + rest;
    while (this.queues.length <= sum) this.queues.push([]);
    this.queues[sum]?.push({ boxes, player, key, pushes, before, push });
  }
}

function pathTo(last: Node): Push[] {
  const pushes: Push[] = [];
  for (let node: Node | null = last; node?.push; node = node.before) pushes.push(node.push);
  return pushes.reverse();
}
