import { around, type Cell, cellCount, distance } from "../../nethack/player/geometry.ts";
import type { Decision } from "../../nethack/player/scene.ts";
import { terrain } from "../../nethack/player/terrain.ts";
import type { LevelScene } from "./level-scene.ts";
import { seenAround } from "./seen.ts";
import { goTo } from "./walk.ts";

/** What a step further from the start is worth, a step of walking being 10: the stairs down are seldom near those up. */
const pull = 3;

/** Locked doors are worth kicking sooner than in a whole dungeon: there is little else to explore. */
const eagerness = 200;

/** Goes to the nearest place from which something new must come into view; rather one away from the start. */
export function explore(scene: LevelScene): Decision | null {
  const isKnown = seenAround(scene);
  const [start] = scene.known.level.up;
  let best: Cell | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < cellCount; cell++) {
    const away = start === undefined ? 0 : pull * distance(start, cell);
    const cost = scene.routes.cost(cell) - away - (scene.known.level.locked.has(cell) ? eagerness : 0);
    if (cost >= least || cell === scene.hero || !promises(scene, cell, isKnown)) continue;
    best = cell;
    least = cost;
  }
  return best === null ? null : goTo(scene, best, "explore");
}

const worthVisiting: ReadonlySet<number> = new Set([
  terrain.floor,
  terrain.corridor,
  terrain.openDoor,
  terrain.closedDoor,
  terrain.thing,
  terrain.boulder,
  terrain.up,
]);

/** Whether standing on a cell shows more than is known. */
function promises(scene: LevelScene, cell: Cell, isKnown: (cell: Cell) => boolean): boolean {
  if (scene.known.level.walked.has(cell) || scene.shuns(cell) || !worthVisiting.has(scene.kindAt(cell))) return false;
  return around(cell).some((near) => scene.kindAt(near) === terrain.blank && !isKnown(near));
}
