import { type Cell, type Direction, directions, directionTo, neighbour } from "../../nethack/player/geometry.ts";
import { act, type Decision } from "../../nethack/player/scene.ts";
import { cellsOf, isGround, terrain } from "../../nethack/player/terrain.ts";
import { freezers, mayFreeze } from "./freezers.ts";
import type { LevelScene } from "./level-scene.ts";
import { goTo } from "./walk.ts";

/** Cost of a way to a thing that is worth it. */
const withinReach = 60;

/**
 * Gets the things the hero starts on. From a pile nothing can be picked up, for the menu closes by itself (spec minihack §2). But a kick sends
 * the topmost thing off, and a thing that lies alone is picked up without a menu.
 */
export function takeThings(scene: LevelScene): Decision | null {
  const { arrival } = scene.known.level;
  const { plan } = scene.known;
  const lying = lyingThings(scene);
  if (/You see here .*\b(?:wand|horn)\b/.test(scene.sight.message)) return act("pickup", "take it", scene.hero);
  if (arrival === null || scene.foes(1).length > 0) return null;
  if (freezers(scene).length === 0) {
    if (scene.hero === arrival) return lying.length > 0 ? act("pickup", "take it", arrival) : stepOff(scene, arrival);
    const kick = directionTo(scene.hero, arrival);
    const whole = plan?.goal === offThePile || (lying.length === 1 && lying[0] === arrival);
    if (kick !== null && whole) return act("kick", splitting, arrival, [kick.name]);
  }
  const [next] = lying.toSorted((a, b) => scene.routes.cost(a) - scene.routes.cost(b));
  return next === undefined || scene.routes.cost(next) > withinReach ? null : goTo(scene, next, "take it");
}

const offThePile = "step off the pile";
const splitting = "split the pile";

/** Things in view that may freeze lava. */
function lyingThings(scene: LevelScene): Cell[] {
  return cellsOf(scene.kinds, terrain.thing).filter((cell) => scene.namesAt(cell).some(mayFreeze));
}

/** To where a kick at the pile sends things the least way: towards a wall close behind it. */
function stepOff(scene: LevelScene, pile: Cell): Decision | null {
  let best: Direction | null = null;
  for (const way of directions) {
    const beside = neighbour(pile, way);
    if (beside === null || !isGround(scene.kindAt(beside))) continue;
    const room = roomBehind(scene, pile, way);
    if (room > 0 && (best === null || room < roomBehind(scene, pile, best))) best = way;
  }
  return best === null ? null : act(best.name, offThePile, neighbour(pile, best));
}

/** Free cells beyond the pile, as seen from a cell beside it. */
function roomBehind(scene: LevelScene, pile: Cell, { dx, dy, ...way }: Direction): number {
  const away = { ...way, dx: -dx, dy: -dy };
  let room = 0;
  let cell = neighbour(pile, away);
  while (cell !== null && isGround(scene.kindAt(cell))) {
    room++;
    cell = neighbour(cell, away);
  }
  return room;
}
