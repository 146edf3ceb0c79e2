import { type Cell, directionTo } from "../../nethack/player/geometry.ts";
import { act, type Decision } from "../../nethack/player/scene.ts";
import { terrain } from "../../nethack/player/terrain.ts";
import { walkTo } from "../../nethack/player/walk.ts";
import { actionForKey } from "./freezers.ts";
import type { LevelScene } from "./level-scene.ts";

/** Straight steps from which on running is worth it. */
const run = 3;

/** The next move on the way to a cell: in one go as far as it is straight, where the task lets one run. */
export function goTo(scene: LevelScene, target: Cell, goal: string): Decision | null {
  const decision = walkTo(scene, target, goal);
  const way = scene.routes.way(target);
  const direction = directionTo(scene.hero, way[0] ?? scene.hero);
  if (decision === null || direction === null || decision.action !== direction.name) return decision;
  if (!scene.offers(`far ${direction.name}`) || scene.foes(8).length > 0) return decision;
  let from = scene.hero;
  const turn = way.findIndex((cell) => {
    const turns = directionTo(from, cell) !== direction || scene.kindAt(cell) === terrain.closedDoor;
    from = cell;
    return turns;
  });
  // Running ends where the way does only at walls and the like.
  return turn < 0 && way.length >= run ? act(`far ${direction.name}`, goal, target) : decision;
}

/** The decision with an action this task has: step by step where one cannot run, keys by their names. */
export function possible(scene: LevelScene, decision: Decision): Decision {
  const { action } = decision;
  if (scene.offers(action)) return decision;
  return { ...decision, action: actionForKey(scene, action) ?? action.replace("far ", "") };
}
