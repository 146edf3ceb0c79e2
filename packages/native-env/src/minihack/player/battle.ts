import { around, type Cell } from "../../nethack/player/geometry.ts";
import type { Decision } from "../../nethack/player/scene.ts";
import { isGround, terrain } from "../../nethack/player/terrain.ts";
import type { LevelScene } from "./level-scene.ts";
import { goTo } from "./walk.ts";

/** Cost of a way back that is worth it, a step being 10. */
const nearby = 90;
/** Neighbours of a place where only one foe can get at the hero, who came from the other side. */
const narrow = 2;

const goal = "let them come one at a time";

/** Where one of these is, there are more. */
const gregarious = /rat$|jackal/;

/** With foes about, goes back to where they come one at a time. */
export function retreat(scene: LevelScene): Decision | null {
  if (openSides(scene, scene.hero) <= narrow) return null;
  const { plan } = scene.known;
  const withdrawing = plan?.goal === goal && plan.cell !== null && plan.cell !== scene.hero;
  const foes = scene.foes(2);
  if (!withdrawing && foes.length < 2 && !foes.some(({ name }) => gregarious.test(name))) return null;
  let best: Cell | null = null;
  for (const cell of scene.known.level.walked) {
    if (scene.routes.cost(cell) > nearby || openSides(scene, cell) > narrow) continue;
    if (best === null || scene.routes.cost(cell) < scene.routes.cost(best)) best = cell;
  }
  if (best === null || scene.routes.way(best).some((cell) => scene.kindAt(cell) === terrain.creature)) return null;
  return goTo(scene, best, goal);
}

/** From how many sides a cell can be reached, as far as is known. */
function openSides(scene: LevelScene, cell: Cell): number {
  return around(cell).filter((near) => isGround(scene.kindAt(near))).length;
}
