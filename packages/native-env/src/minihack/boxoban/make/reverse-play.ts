import type { Rng } from "@metamem/core";
import { boxesPerLevel, cells, side } from "../level.ts";
import { allDirections, type Direction, occupied, type Room, stepFrom, Walk } from "./board.ts";
import type { DrawnLevel } from "./drawn-level.ts";

const pullsPerGame = 150;

interface Pull {
  readonly from: number;
  /** Where the player stands, and the box comes to stand. */
  readonly to: number;
}

/**
 * Plays backwards from the solved state: the player walks and pulls boxes off their goals, so that whatever comes out can be solved by
 * pushing them back. Of all positions passed the one is kept that took most turning from box to box and moved boxes furthest.
 * Null when none has every box off the goals.
 */
export function reversePlay(room: Room, rng: Rng): DrawnLevel | null {
  const floor = Array.from({ length: cells }, (_, cell) => cell).filter((cell) => room[cell] === 1);
  const goals = drawn(floor, boxesPerLevel, rng).sort((a, b) => a - b);
  const boxes = [...goals];
  const walk = new Walk(room);
  let player = rng.pick(floor.filter((cell) => !goals.includes(cell)));
  let [last, changes, bestScore] = [-1, 0, 0];
  let best: DrawnLevel | null = null;
  for (let count = 0; count < pullsPerGame; count++) {
    const pulls = possiblePulls(room, boxes, player, walk);
    if (pulls.length === 0) break;
    const pull = rng.pick(pulls);
    if (pull.from !== last) changes += 1;
    boxes[boxes.indexOf(pull.from)] = pull.to;
    last = pull.to;
    player = pull.to + (pull.to - pull.from);
    const score = changes * boxes.reduce((sum, box, at) => sum + distance(box, goals[at] as number), 0);
    if (score <= bestScore || boxes.some((box) => goals.includes(box))) continue;
    const start = startIn(room, floor, boxes, goals, player, rng);
    if (start === null) continue;
    bestScore = score;
    best = { room, goals, start: { boxes: [...boxes], player: start } };
  }
  return best;
}

function possiblePulls(room: Room, boxes: readonly number[], player: number, walk: Walk): Pull[] {
  const blocked = occupied(boxes);
  walk.from(player, blocked);
  const isFree = (cell: number) => room[cell] === 1 && blocked[cell] === 0;
  const pullable = (from: number, direction: Direction) => {
    const to = stepFrom(from, direction);
    return isFree(to) && walk.reaches(to) && isFree(stepFrom(to, direction));
  };
  return boxes.flatMap((from) =>
    allDirections
      .filter((direction) => pullable(from, direction))
      .map((direction) => ({ from, to: stepFrom(from, direction) })),
  );
}

/** A cell of the player's region that is no goal: the text format knows no player on a goal. */
function startIn(
  room: Room,
  floor: readonly number[],
  boxes: readonly number[],
  goals: readonly number[],
  player: number,
  rng: Rng,
): number | null {
  const walk = new Walk(room);
  walk.from(player, occupied(boxes));
  const free = floor.filter((cell) => walk.reaches(cell) && !goals.includes(cell));
  return free.length === 0 ? null : rng.pick(free);
}

function distance(a: number, b: number): number {
  return Math.abs((a % side) - (b % side)) + Math.abs(Math.floor(a / side) - Math.floor(b / side));
}

/** `count` different ones. */
function drawn(from: readonly number[], count: number, rng: Rng): number[] {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(rng.int(left.length), 1)[0] as number);
}
