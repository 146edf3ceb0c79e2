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

const reaching = "reach the way down";

/** Walks to the nearest way down that is known. */
export function headDown(scene: Scene): Decision | null {
  const { down, holes } = scene.known.level;
  const expected = scene.expected === null ? [] : expectedWaysDown(scene.expected, scene.kinds);
  let best: Cell | null = null;
  for (const cell of [...down, ...holes, ...expected]) {
    if (scene.shuns(cell)) continue;
    if (best === null || scene.routes.cost(cell) < scene.routes.cost(best)) best = cell;
  }
  return best === null ? null : walkTo(scene, best, reaching);
}

/** Those who walk slower than the hero and are not to be trifled with. */
const slow =
  /dwarf|gnome lord|gnome king|large kobold|rothe|orc\b|Uruk-hai|zombie|mummy|jelly|beetle|bugbear|cockatrice|mumak|pudding|cube|leather golem|rope golem|ooze/;
/** Cost of a way that is short enough to run. */
const sprint = 300;

const closed: ReadonlySet<number> = new Set([terrain.creature, terrain.wall, terrain.closedDoor, terrain.boulder]);

/** Runs for the way down rather than fight those who cannot keep up. */
export function outrun(scene: Scene): Decision | null {
  const close = scene.foes(1);
  if (close.length === 0 || scene.is("Burdened") || !close.every(({ name }) => slow.test(name))) return null;
  const flight = headDown(scene);
  if (flight?.goal !== reaching || flight.cell === null || scene.routes.cost(flight.cell) > sprint) return null;
  const open = scene.routes.way(flight.cell).every((cell) => !closed.has(scene.kindAt(cell)));
  return open ? { ...flight, goal: "outrun them" } : null;
}

/** Tools that dig through a floor. */
export const digger = /pick-axe|mattock|broad pick/;

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
