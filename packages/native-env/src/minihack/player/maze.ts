import {
  around,
  type Cell,
  cellAt,
  cellCount,
  directions,
  height,
  neighbour,
  width,
  xOf,
  yOf,
} from "../../nethack/player/geometry.ts";
import type { Decision } from "../../nethack/player/scene.ts";
import { isGround, terrain } from "../../nethack/player/terrain.ts";
import type { LevelScene } from "./level-scene.ts";
import { goTo } from "./walk.ts";

/** Straight ways: passages of a maze never lead diagonally. */
const straight = directions.filter(({ diagonal }) => !diagonal);

/** In a maze: goes to the nearest place from which the maze may go on. */
export function exploreMaze(scene: LevelScene): Decision | null {
  if (!isMaze(scene)) return null;
  const isRock = rockOf(scene);
  let best: Cell | null = null;
  for (let cell = 0; cell < cellCount; cell++) {
    if (cell === scene.hero || !mayGoOn(scene, cell, isRock)) continue;
    if (best === null || scene.routes.cost(cell) < scene.routes.cost(best)) best = cell;
  }
  return best === null ? null : goTo(scene, best, "explore the maze");
}

/** A maze is nowhere wider than one cell, and no other level of these tasks is free of upright walls and dark corridors. */
export function isMaze(scene: LevelScene): boolean {
  if (scene.sight.rows.some((row) => /[|#]/.test(row)) || scene.offers("search")) return false;
  const open = (x: number, y: number) => isGround(scene.kindAt(cellAt(x, y)));
  for (let y = 0; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      if (open(x, y) && open(x + 1, y) && open(x, y + 1) && open(x + 1, y + 1)) return false;
    }
  }
  return true;
}

/** Where a passage may be seen to go on: a neighbour that could be one has not shown yet what it is. */
function mayGoOn(scene: LevelScene, cell: Cell, isRock: (cell: Cell) => boolean): boolean {
  if (!isGround(scene.kindAt(cell)) || scene.known.level.walked.has(cell)) return false;
  return straight.some((way) => {
    const near = neighbour(cell, way);
    return near !== null && scene.kindAt(near) === terrain.blank && !isPillar(near) && !isRock(near);
  });
}

/** Mazes are carved on every other column and row; what lies between them diagonally stays rock. */
function isPillar(cell: Cell): boolean {
  return xOf(cell) % 2 === 1 && yOf(cell) % 2 === 0;
}

/** Mazes are lit: what bounds a straight view from a cell the hero stood on is rock. */
function rockOf(scene: LevelScene): (cell: Cell) => boolean {
  const rock = new Set<Cell>();
  for (const walked of scene.known.level.walked) {
    for (const near of around(walked)) rock.add(near);
    for (const way of straight) {
      let ahead = neighbour(walked, way);
      while (ahead !== null && isGround(scene.kindAt(ahead))) ahead = neighbour(ahead, way);
      if (ahead !== null) rock.add(ahead);
    }
  }
  return (cell) => rock.has(cell);
}
