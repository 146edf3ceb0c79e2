import { around, type Cell, cellCount } from "../../nethack/player/geometry.ts";
import type { Decision } from "../../nethack/player/scene.ts";
import { terrain } from "../../nethack/player/terrain.ts";
import type { LevelScene } from "./level-scene.ts";
import { seenAround } from "./seen.ts";
import { goTo } from "./walk.ts";

/** Goes to the nearest place from which something new must come into view. */
export function explore(scene: LevelScene): Decision | null {
  const isKnown = seenAround(scene);
  let best: Cell | null = null;
  for (let cell = 0; cell < cellCount; cell++) {
    if (
      cell === scene.hero ||
      scene.routes.cost(cell) >= (best === null ? Number.POSITIVE_INFINITY : scene.routes.cost(best))
    )
      continue;
    if (promises(scene, cell, isKnown)) best = cell;
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
