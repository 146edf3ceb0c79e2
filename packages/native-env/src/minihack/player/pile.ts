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
  if (/You see here .*\b(?:wand|horn)\b/.test(scene.sight.message)) return act("pickup", "take it", scene.hero);
  if (scene.foes(1).length > 0) return null;
  const [next, second] = lyingThings(scene).toSorted((a, b) => scene.routes.cost(a) - scene.routes.cost(b));
  const begun = freezers(scene).length > 0 || second !== undefined;
  if (next === undefined) return begun || scene.known.level.up.size > 0 ? null : stepOff(scene);
  const kick = directionTo(scene.hero, next);
  // Against a wall lies what was kicked there.
  if (!begun && kick !== null && roomBehind(scene, next, kick) > 0) {
    return act("kick", "split the pile", next, [kick.name]);
  }
  return scene.routes.cost(next) > withinReach ? null : goTo(scene, next, "take it");
}

/** Things in view that may freeze lava. */
function lyingThings(scene: LevelScene): Cell[] {
  return cellsOf(scene.kinds, terrain.thing).filter((cell) => scene.namesAt(cell).some(mayFreeze));
}

/** To where a kick at the pile sends things the least way: towards a wall close behind it. */
function stepOff(scene: LevelScene): Decision | null {
  const pile = scene.hero;
  let best: Direction | null = null;
  for (const way of directions) {
    const beside = neighbour(pile, way);
    if (beside === null || !isGround(scene.kindAt(beside))) continue;
    const room = roomBehind(scene, pile, opposite(way));
    if (room > 0 && (best === null || room < roomBehind(scene, pile, opposite(best)))) best = way;
  }
  return best === null ? null : act(best.name, "step off the pile", neighbour(pile, best));
}

function opposite({ dx, dy }: Direction): Direction {
  return directions.find((way) => way.dx === -dx && way.dy === -dy) as Direction;
}

/** Free cells behind one, in a direction. */
function roomBehind(scene: LevelScene, cell: Cell, way: Direction): number {
  let room = 0;
  for (let next = neighbour(cell, way); next !== null && isGround(scene.kindAt(next)); next = neighbour(next, way))
    room++;
  return room;
}
