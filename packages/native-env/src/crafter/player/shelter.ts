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
const fillable = walkable | setOf("open");
const enterable = walkable | setOf("open");

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

const shapes: readonly (readonly (readonly [number, number])[])[] = [
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

function bestRoom(scene: Scene): Room | null {
  let best: Room | null = null;
  for (let corner = 0; corner < cellCount; corner++) {
    const reach = scene.routes.standing(corner);
    if (reach >= (best?.cost ?? 500)) continue;
    for (const shape of shapes) {
      const room = plan(scene, corner, shape, reach);
      if (room !== null && room.cost < (best?.cost ?? 500)) best = room;
    }
  }
  return best;
}

function plan(scene: Scene, corner: Cell, shape: readonly (readonly [number, number])[], reach: number): Room | null {
  const cells: Cell[] = [];
  let stones = scene.carries("stone");
  let cost = reach;
  for (const [dx, dy] of shape) {
    if (!inside(xOf(corner) + dx, yOf(corner) + dy)) return null;
    const cell = cellAt(xOf(corner) + dx, yOf(corner) + dy);
    const digs = scene.kindAt(cell) === kindId.stone && scene.canDig(kindId.stone);
    if (!digs && !has(enterable, scene.kindAt(cell))) return null;
    if (digs) {
      stones++;
      cost += 20;
    }
    cells.push(cell);
  }
  const gaps: Cell[] = [];
  let water = false;
  for (const cell of cells) {
    for (const direction of allDirections) {
      const next = neighbour(cell, direction);
      water ||= next !== null && scene.kindAt(next) === kindId.water;
      if (next === null || cells.includes(next) || isBarrier(scene, next)) continue;
      const behind = neighbour(cell, directions[direction].opposite);
      if (behind === null || !cells.includes(behind) || !has(fillable, scene.kindAt(next))) return null;
      gaps.push(next);
      cost += 25;
    }
  }
  if (!water) cost += dryness;
  return gaps.length <= stones && cost < 500 ? { cells, gaps, cost } : null;
}

function isBarrier(scene: Scene, cell: Cell): boolean {
  return has(barriers, scene.kindAt(cell));
}
