import { around, type Cell } from "./geometry.ts";
import { expectedWaysDown } from "./layout.ts";
import { act, type Decision, type Scene } from "./scene.ts";
import { terrain } from "./terrain.ts";
import { walkTo } from "./walk.ts";

/** Goes down where the hero stands on a way down. */
export function goDown(scene: Scene): Decision | null {
  const { down, holes } = scene.known.level;
  if (!down.has(scene.hero) && !holes.has(scene.hero)) return null;
  return act("down", "go down", scene.hero);
}

/** Without notes a staircase underfoot is out of sight: now and then it is worth a try. */
export function guessDown(scene: Scene): Decision | null {
  return !scene.mindful && (scene.known.step ?? 0) > 0 && scene.chance() < 0.2 ? act("down", "go down", null) : null;
}

/** Walks to the nearest way down that is known. */
export function headDown(scene: Scene): Decision | null {
  const { down, holes } = scene.known.level;
  const expected = scene.expected === null ? [] : expectedWaysDown(scene.expected, scene.kinds);
  let best: Cell | null = null;
  for (const cell of [...down, ...holes, ...expected]) {
    if (scene.shuns(cell)) continue;
    if (best === null || scene.routes.cost(cell) < scene.routes.cost(best)) best = cell;
  }
  return best === null ? null : walkTo(scene, best, "reach the way down");
}

const digger = /pick-axe|mattock/;

/** Digs a way down, where the hero has the tool and the floor can be dug. */
export function dig(scene: Scene): Decision | null {
  const letter = scene.item(digger);
  if (letter === null || scene.shuns(scene.hero)) return null;
  const { up, down } = scene.known.level;
  if (!up.has(scene.hero) && !down.has(scene.hero)) return act("apply", "dig down", scene.hero, [letter, "down"]);
  const beside = around(scene.hero).find(
    (cell) => scene.kindAt(cell) === terrain.floor || scene.kindAt(cell) === terrain.corridor,
  );
  return beside === undefined ? null : walkTo(scene, beside, "dig down");
}
