import { directions, directionTo } from "./geometry.ts";
import type { Decision, Scene } from "./scene.ts";
import { kindId } from "./terrain.ts";

/** A zombie that touches the player is turned to and hit; it would follow anyway. */
export function fightBack(scene: Scene): Decision | null {
  for (const kind of ["zombie", "skeleton"] as const) {
    const { distance, cells } = scene.creature(kind);
    const [cell] = cells;
    if (distance !== 1 || cell === undefined) continue;
    const goal = `fight the ${kind}`;
    if (scene.sight.front === kindId[kind]) return { action: "Do", goal, cell };
    const direction = directionTo(scene.at, cell);
    if (direction !== null) return { action: directions[direction].action, goal, cell };
  }
  return null;
}

/** Goes after a creature whose defeat still counts, when it is near and the player is strong enough. */
export function hunt(scene: Scene): Decision | null {
  const { health } = scene.sight.vitals;
  if (!scene.has("defeat_zombie") && health >= 5) {
    const prey = chase(scene, "zombie", 6);
    if (prey !== null) return prey;
  }
  if (!scene.has("defeat_skeleton") && health >= 5 && scene.carries("wood_sword") + scene.carries("stone_sword") > 0) {
    return chase(scene, "skeleton", 6);
  }
  return null;
}

function chase(scene: Scene, kind: "zombie" | "skeleton", range: number): Decision | null {
  const { distance, cells } = scene.creature(kind);
  if (distance > range) return null;
  const cell = nearest(scene, cells);
  if (cell === null || scene.routes.cost(cell) > 120) return null;
  const action = scene.workOn(cell);
  return action === null ? null : { action, goal: `fight the ${kind}`, cell };
}

function nearest(scene: Scene, cells: readonly number[]): number | null {
  let best: number | null = null;
  for (const cell of cells) if (best === null || scene.routes.cost(cell) < scene.routes.cost(best)) best = cell;
  return best;
}
