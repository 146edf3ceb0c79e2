import {
  allDirections,
  type Cell,
  cellAt,
  cellCount,
  type Direction,
  directions,
  inside,
  neighbour,
  xOf,
  yOf,
} from "./geometry.ts";
import type { Decision, Scene } from "./scene.ts";
import { barriers, has, kindId, setOf, walkable } from "./terrain.ts";

/** Cells a closed shelter may have; more are not searched. */
const largestShelter = 4;
/** What a shelter without water in reach costs more. */
const dryness = 60;
/** Tenths of an action for digging out a cell and for closing a gap, and the cost from which on a shelter is not worth it. */
const digging = 20;
const closing = 25;
const tooDear = 500;
const begunBonus = 30;
const readyBonus = 5;
const openGround = walkable | setOf("open");

/** True when nothing can walk up to the player. */
export function enclosed(scene: Scene): boolean {
  const region = [scene.at];
  for (const cell of region) {
    for (const direction of allDirections) {
      const next = neighbour(cell, direction);
      if (next === null || region.includes(next) || isBarrier(scene, next)) continue;
      if (region.length === largestShelter) return false;
      region.push(next);
    }
  }
  return true;
}

/**
 * A shelter to be: cells to stay in, and the gaps in the walls around them. A stone can only be put where the player looks, and it looks where it last
 * moved. So a gap can be closed from inside when there is a cell of the room on the opposite side from which to step towards it: every gap of a 2×2 room,
 * and those at the two ends of a room of two cells.
 */
interface Room {
  readonly cells: readonly Cell[];
  readonly gaps: readonly Cell[];
  readonly cost: number;
}

type Shape = readonly (readonly [dx: number, dy: number])[];

const shapes: readonly Shape[] = [
  [
    [0, 0],
    [1, 0],
  ],
  [
    [0, 0],
    [0, 1],
  ],
  [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ],
];

/** The next act towards a place that nothing can walk into: going there, digging it out, closing its gaps. Null when none can be had. */
export function seekShelter(scene: Scene, goal: string): Decision | null {
  const room = bestRoom(scene);
  if (room === null) return null;
  const [anchor] = room.cells;
  if (anchor === undefined) return null;
  const action = room.cells.includes(scene.at) ? closeGap(scene, room) : scene.walkTo(nearestCell(scene, room));
  return action === null ? null : { action, goal, cell: anchor };
}

function nearestCell(scene: Scene, { cells }: Room): Cell {
  return cells.reduce((best, cell) => (scene.routes.standing(cell) < scene.routes.standing(best) ? cell : best));
}

/** A stone into the gap in front, or the first of the fewest steps inside the room after which there is one in front. */
function closeGap(scene: Scene, { cells, gaps }: Room): string | null {
  const { ahead } = scene;
  if (ahead !== null && gaps.includes(ahead) && scene.carries("stone") > 0) return "Place Stone";
  let paths: readonly { readonly at: Cell; readonly first: Direction | null }[] = [{ at: scene.at, first: null }];
  for (let depth = 0; depth < 5; depth++) {
    const longer: { at: Cell; first: Direction }[] = [];
    for (const path of paths) {
      for (const direction of allDirections) {
        const next = neighbour(path.at, direction);
        if (next === null || !cells.includes(next)) continue;
        const first = path.first ?? direction;
        const faced = neighbour(next, direction);
        if (faced !== null && gaps.includes(faced)) return stepInside(scene, first);
        longer.push({ at: next, first });
      }
    }
    paths = longer;
  }
  return null;
}

function stepInside(scene: Scene, direction: Direction): string | null {
  const next = neighbour(scene.at, direction);
  if (next === null) return null;
  if (scene.known.facing === direction && scene.kindAt(next) === kindId.stone) return "Do";
  return scene.safeToEnter(next) ? directions[direction].action : null;
}

/** The cheapest room; one that was begun, or can be gone on with at once, before others. */
function bestRoom(scene: Scene): Room | null {
  let best: Room | null = null;
  for (let corner = 0; corner < cellCount; corner++) {
    const limit = best?.cost ?? tooDear;
    if (scene.routes.standing(corner) - 2 * digging >= limit) continue;
    for (const shape of shapes) {
      const room = plan(scene, corner, shape);
      if (room !== null && room.cost < (best?.cost ?? tooDear)) best = room;
    }
  }
  return best;
}

function plan(scene: Scene, corner: Cell, shape: Shape): Room | null {
  const cells = cellsOf(scene, corner, shape);
  const gaps = cells === null ? null : gapsOf(scene, cells);
  if (cells === null || gaps === null) return null;
  const rock = cells.filter((cell) => scene.kindAt(cell) === kindId.stone).length;
  if (gaps.length > scene.carries("stone") + rock) return null;
  const reach = Math.min(...cells.map((cell) => scene.routes.standing(cell)));
  const begun = scene.known.goal?.cell === corner ? begunBonus : 0;
  const atHand = scene.ahead !== null && gaps.includes(scene.ahead) && cells.includes(scene.at) ? readyBonus : 0;
  const dry = cells.some((cell) => touchesWater(scene, cell)) ? 0 : dryness;
  return { cells, gaps, cost: reach + digging * rock + closing * gaps.length + dry - begun - atHand };
}

/** The cells of a room, if all of them can be entered. */
function cellsOf(scene: Scene, corner: Cell, shape: Shape): Cell[] | null {
  const cells: Cell[] = [];
  for (const [dx, dy] of shape) {
    if (!inside(xOf(corner) + dx, yOf(corner) + dy)) return null;
    const cell = cellAt(xOf(corner) + dx, yOf(corner) + dy);
    const kind = scene.kindAt(cell);
    if (!has(openGround, kind) && !(kind === kindId.stone && scene.canDig(kind))) return null;
    cells.push(cell);
  }
  return cells;
}

/** The cells around a room that are not walls, if each of them can be closed from inside. */
function gapsOf(scene: Scene, cells: readonly Cell[]): Cell[] | null {
  const gaps: Cell[] = [];
  for (const cell of cells) {
    for (const direction of allDirections) {
      const next = neighbour(cell, direction);
      if (next === null || cells.includes(next) || isBarrier(scene, next)) continue;
      const behind = neighbour(cell, directions[direction].opposite);
      if (behind === null || !cells.includes(behind) || !has(openGround, scene.kindAt(next))) return null;
      gaps.push(next);
    }
  }
  return gaps;
}

function touchesWater(scene: Scene, cell: Cell): boolean {
  return allDirections.some((direction) => scene.kindAt(neighbour(cell, direction) ?? cell) === kindId.water);
}

function isBarrier(scene: Scene, cell: Cell): boolean {
  return has(barriers, scene.kindAt(cell));
}
