import {
  type Cell,
  cellCount,
  type Direction,
  directions,
  distance,
  neighbour,
} from "../../nethack/player/geometry.ts";
import { act, type Decision } from "../../nethack/player/scene.ts";
import { isGround, terrain } from "../../nethack/player/terrain.ts";
import { actionForKey, freezers } from "./freezers.ts";
import type { LevelScene } from "./level-scene.ts";
import { takeThings } from "./pile.ts";
import { goTo } from "./walk.ts";

/** What is pursued while lava freezes: answers go by it. */
export const freezing = "freeze the lava";

/** Gets what freezes lava, and with it makes a way to the stairs. */
export function cross(scene: LevelScene): Decision | null {
  if (!scene.offers("zap")) return null;
  const tool = freezers(scene).find(({ letter }) => actionForKey(scene, letter) !== null);
  if (tool === undefined) return takeThings(scene);
  const bank = bestBank(scene);
  if (bank === null) return null;
  return bank === scene.hero ? act(tool.command, freezing, bank) : goTo(scene, bank, "reach the lava");
}

/** The place from which a frozen way is the shortest one to the stairs, or, as long as those are out of sight, the nearest such place. */
function bestBank(scene: LevelScene): Cell | null {
  const [stairs] = scene.known.level.down;
  let best: Cell | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < cellCount; cell++) {
    const total = scene.routes.cost(cell) + (stairs === undefined ? 0 : 10 * distance(cell, stairs));
    if (total >= least || bridgeFrom(scene, cell) === null) continue;
    best = cell;
    least = total;
  }
  return best;
}

/** Widest lava that one use freezes for sure. */
const widest = 3;

/** Which way lava lies next to a cell, with ground behind it that cannot be reached otherwise. */
export function bridgeFrom(scene: LevelScene, from: Cell): Direction | null {
  return directions.find((way) => isBridge(scene, from, way)) ?? null;
}

function isBridge(scene: LevelScene, from: Cell, way: Direction): boolean {
  let width = 0;
  let cell = neighbour(from, way);
  while (cell !== null && scene.kindAt(cell) === terrain.liquid) {
    width++;
    cell = neighbour(cell, way);
  }
  if (cell === null || width === 0 || width > widest) return false;
  return isGround(scene.kindAt(cell)) && scene.routes.cost(cell) === Number.POSITIVE_INFINITY;
}
