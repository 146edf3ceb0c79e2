import { type Cell, directionTo } from "./geometry.ts";
import { act, type Decision, repeat, type Scene } from "./scene.ts";
import { isDoor, terrain } from "./terrain.ts";

/** The next move on the way to a cell; null when there is no way, or it is reached. */
export function walkTo(scene: Scene, target: Cell, goal: string): Decision | null {
  const way = scene.routes.way(target);
  const [next] = way;
  const direction = next === undefined ? null : directionTo(scene.hero, next);
  if (next === undefined || direction === null) return null;
  if (scene.known.level.locked.has(next) && scene.kindAt(next) === terrain.closedDoor) {
    return act("kick", "kick the door", next, [direction.name]);
  }
  if (isHidden(scene, next)) return repeat(scene, 5, "search", "find what was there on other levels", target);
  const wary = scene.foes(8).length > 0 || scene.is("Conf") || scene.is("Stun");
  const intoTheDark = way.length === 1 && scene.kindAt(next) === terrain.corridor;
  if (intoTheDark && !wary) return act(`far ${direction.name}`, goal, target);
  const straight = straightSteps(scene, way);
  return repeat(scene, wary || straight < 3 ? 1 : straight, direction.name, goal, target);
}

/** Turns of search for what should be there. */
const enough = 25;

/** The next cell should be ground, but does not look it even from here. */
function isHidden(scene: Scene, next: Cell): boolean {
  const kind = scene.kindAt(next);
  if (kind !== terrain.blank && kind !== terrain.wall) return false;
  return !scene.is("Blind") && (scene.known.level.searched.get(scene.hero) ?? 0) < enough;
}

/** How many steps the way goes on in its first direction over ground that lets pass. */
function straightSteps(scene: Scene, way: readonly Cell[]): number {
  const direction = directionTo(scene.hero, way[0] ?? scene.hero);
  let from = scene.hero;
  let steps = 0;
  for (const cell of way) {
    const kind = scene.kindAt(cell);
    const special =
      isDoor(kind) ||
      kind === terrain.boulder ||
      kind === terrain.creature ||
      kind === terrain.trap ||
      kind === terrain.blank ||
      kind === terrain.wall;
    if (directionTo(from, cell) !== direction || (special && kind !== terrain.openDoor)) break;
    from = cell;
    steps++;
  }
  return steps;
}
