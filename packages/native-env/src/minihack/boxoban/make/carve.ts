import type { Rng } from "@metamem/core";
import { cells, side } from "../level.ts";
import { allDirections, type Direction, type Room, stepFrom } from "./board.ts";

/** Floor cells of a room: few enough that boxes get into each other's way. */
const floor = { least: 22, most: 42 } as const;

/** What the walker clears around itself, as steps from its cell: corridors, corners and small halls. */
const shapes: readonly (readonly number[])[] = [
  [0],
  [0, 1],
  [0, side],
  [0, 1, side],
  [0, 1, side, side + 1],
  [0, -1, 1],
];

/** One connected room inside the rim, dug by a walker that seldom turns. */
export function carveRoom(rng: Rng): Room {
  const room = new Uint8Array(cells);
  const wanted = floor.least + rng.int(floor.most - floor.least + 1);
  let cell = (1 + rng.int(side - 2)) * side + 1 + rng.int(side - 2);
  let direction = rng.pick(allDirections);
  let cleared = 0;
  while (cleared < wanted) {
    for (const step of rng.pick(shapes)) {
      if (!isInside(cell + step) || room[cell + step] === 1) continue;
      room[cell + step] = 1;
      cleared += 1;
    }
    if (rng.next() < 0.4) direction = rng.pick(allDirections);
    cell = advance(cell, direction);
  }
  return room;
}

/** Stays where it is in front of the rim. */
function advance(cell: number, direction: Direction): number {
  const next = stepFrom(cell, direction);
  return isInside(next) ? next : cell;
}

function isInside(cell: number): boolean {
  const [x, y] = [cell % side, Math.floor(cell / side)];
  return x > 0 && x < side - 1 && y > 0 && y < side - 1;
}
