import { around, type Cell, directionTo } from "../../nethack/player/geometry.ts";
import { act, type Decision } from "../../nethack/player/scene.ts";
import { isGround, terrain } from "../../nethack/player/terrain.ts";
import type { LevelScene } from "./level-scene.ts";
import { goTo } from "./walk.ts";

/** Walks to the nearest staircase down that can be reached. */
export function headDown(scene: LevelScene): Decision | null {
  let best: Cell | null = null;
  for (const cell of scene.known.level.down) {
    if (best === null || scene.routes.cost(cell) < scene.routes.cost(best)) best = cell;
  }
  if (best === null) return null;
  return bideTime(scene, best) ?? goTo(scene, best, "reach the way down");
}

/** Those with more moves than turns. */
const fast = /archeologist|monk|samurai/;
/** Steps that are kept for the way itself. */
const reserve = 4;

/**
 * The last step counts in full only when it ends a turn (spec minihack §2). Fast heroes now and then have a second move within one: after a
 * move that took no turn the next one surely ends it. So they step about beside the stairs until then.
 */
function bideTime(scene: LevelScene, stairs: Cell): Decision | null {
  if (!fast.test(scene.sight.role ?? "") || scene.known.idle > 0 || scene.stepsLeft < reserve) return null;
  if (scene.routes.way(stairs).length !== 1) return null;
  if (scene.offers("search")) return act("search", "wait for the right moment", stairs);
  const aside = around(scene.hero).find(
    (cell) =>
      cell !== stairs &&
      isGround(scene.kindAt(cell)) &&
      scene.kindAt(cell) !== terrain.creature &&
      scene.routes.way(cell).length === 1,
  );
  const direction = aside === undefined ? null : directionTo(scene.hero, aside);
  return direction === null ? null : act(direction.name, "wait for the right moment", stairs);
}
