import { cells, side } from "../level.ts";

/** Steps to the neighbours of a cell, in the order of the tasks' actions: north, east, south, west. */
export const directions = [-side, 1, side, -1] as const;
export type Direction = 0 | 1 | 2 | 3;
export const allDirections: readonly Direction[] = [0, 1, 2, 3];
export const directionNames = ["north", "east", "south", "west"] as const;

/** A room: which of the hundred cells (10·y + x) are floor. Its rim is wall, so a step from a floor cell never leaves the board. */
export type Room = Uint8Array;

/** Where everything movable is. */
export interface Position {
  readonly boxes: readonly number[];
  readonly player: number;
}

export function stepFrom(cell: number, direction: Direction): number {
  return cell + directions[direction];
}

export function opposite(direction: Direction): Direction {
  return ((direction + 2) % 4) as Direction;
}

/** The cells a player can walk to. One object serves many questions: each answer replaces the one before. */
export class Walk {
  private readonly room: Room;
  /** A cell is reached when its entry equals `round`. */
  private readonly marks = new Uint32Array(cells);
  private readonly queue = new Uint8Array(cells);
  private round = 0;
  /** The smallest cell reached: it names the region, whichever of its cells the player stands on. */
  smallest = 0;

  constructor(room: Room) {
    this.room = room;
  }

  /** @param blocked 1 for cells with a box */
  from(player: number, blocked: Uint8Array): void {
    const { room, marks, queue } = this;
    const round = ++this.round;
    let [head, tail, smallest] = [0, 1, player];
    queue[0] = player;
    marks[player] = round;
    while (head < tail) {
      const cell = queue[head++] as number;
      if (cell < smallest) smallest = cell;
      for (const step of directions) {
        const next = cell + step;
        if (room[next] !== 1 || blocked[next] === 1 || marks[next] === round) continue;
        marks[next] = round;
        queue[tail++] = next;
      }
    }
    this.smallest = smallest;
  }

  reaches(cell: number): boolean {
    return this.marks[cell] === this.round;
  }
}

/** 1 for cells with a box. */
export function occupied(boxes: Iterable<number>): Uint8Array {
  const blocked = new Uint8Array(cells);
  for (const box of boxes) blocked[box] = 1;
  return blocked;
}
