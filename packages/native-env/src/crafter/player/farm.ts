import { allDirections, type Cell, cellCount, directions, distance, neighbour } from "./geometry.ts";
import type { Sapling } from "./knowledge.ts";
import type { Decision, Scene } from "./scene.ts";
import { barriers, has, kindId, setOf, walkable } from "./terrain.ts";

/** Steps after which a plant is surely ripe by the player's own count; it turns ripe after 300 (spec crafter §6.5). */
const ripeAfter = 306;
/** Tenths of an action a plant may be away to be fenced in or replaced. */
const farmReach = 250;
const open = walkable | setOf("open");

/** Eats a plant that must be ripe by now. */
export function harvest(scene: Scene): Decision | null {
  if (scene.has("eat_plant") || scene.danger >= 2) return null;
  const ripe = scene.known.saplings.find(({ cell, grown }) => grown >= ripeAfter && !scene.shuns(cell));
  const action = ripe === undefined ? null : scene.workOn(ripe.cell);
  return ripe === undefined || action === null ? null : { action, goal: "eat the plant", cell: ripe.cell };
}

/** Keeps cows and zombies from a plant: a stone on every open cell beside it. One that is lost is replaced. */
export function farm(scene: Scene): Decision | null {
  if (scene.has("eat_plant") || scene.danger > 0 || scene.carries("iron_pickaxe") === 0) return null;
  const plant = nearestPlant(scene);
  if (plant === null) return scene.known.located ? replant(scene) : null;
  const gaps = openSides(scene, plant.cell).filter((gap) => !scene.shuns(gap));
  const [gap] = gaps.sort((a, b) => scene.routes.cost(a) - scene.routes.cost(b));
  if (gap === undefined || gaps.length > scene.carries("stone") || scene.routes.cost(gap) > farmReach) return null;
  const goal = "fence in the plant";
  if (scene.ahead === gap && has(walkable, scene.sight.front ?? kindId.unseen)) {
    return { action: "Place Stone", goal, cell: gap };
  }
  const action = face(scene, gap);
  return action === null ? null : { action, goal, cell: gap };
}

/** Stays near a plant that would otherwise not ripen in time, or when nothing else is left to do. */
export function nurse(scene: Scene, idle: boolean): Decision | null {
  const plant = nearestPlant(scene);
  if (scene.has("eat_plant") || plant === null) return null;
  const spare = scene.stepsLeft - (ripeAfter - plant.grown) - scene.routes.cost(plant.cell) / 10;
  if (!idle && spare > 120) return null;
  if (distance(scene.at, plant.cell) <= 8) return null;
  const action = scene.workOn(plant.cell);
  return action === null ? null : { action, goal: "stay near the plant", cell: plant.cell };
}

function nearestPlant(scene: Scene): Sapling | null {
  let best: Sapling | null = null;
  for (const plant of scene.known.saplings) {
    if (scene.shuns(plant.cell)) continue;
    if (best === null || scene.routes.cost(plant.cell) < scene.routes.cost(best.cell)) best = plant;
  }
  return best;
}

function openSides(scene: Scene, cell: Cell): Cell[] {
  return allDirections.flatMap((direction) => {
    const side = neighbour(cell, direction);
    return side === null || has(barriers, scene.kindAt(side)) ? [] : [side];
  });
}

/** Puts a sapling where few stones will fence it in; finds a sapling first. */
function replant(scene: Scene): Decision | null {
  if (scene.carries("stone") < 4) return null;
  if (scene.carries("sapling") === 0) {
    if (scene.sight.front !== kindId.grass) return null;
    return { action: "Do", goal: "collect sapling", cell: scene.ahead };
  }
  const site = bestSite(scene);
  if (site === null) return null;
  const goal = "place a plant";
  if (scene.ahead === site) return { action: "Place Plant", goal, cell: site };
  const action = face(scene, site);
  return action === null ? null : { action, goal, cell: site };
}

function bestSite(scene: Scene): Cell | null {
  let best: Cell | null = null;
  let bestCost = farmReach;
  for (let cell = 0; cell < cellCount; cell++) {
    if (scene.kindAt(cell) !== kindId.grass || cell === scene.at || scene.shuns(cell)) continue;
    const reach = scene.routes.cost(cell);
    if (reach >= bestCost) continue;
    const cost = reach + 40 * openSides(scene, cell).length;
    if (cost < bestCost) {
      bestCost = cost;
      best = cell;
    }
  }
  return best;
}

/**
 * One step on the way to look at a cell that could be walked on. The player looks where it last moved, so it comes from two cells away in a straight line.
 */
function face(scene: Scene, target: Cell): string | null {
  let best: { readonly start: Cell; readonly action: string; readonly stand: Cell } | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const direction of allDirections) {
    const stand = neighbour(target, directions[direction].opposite);
    const start = stand === null ? null : neighbour(stand, directions[direction].opposite);
    if (stand === null || start === null || !has(open, scene.kindAt(stand))) continue;
    const cost = scene.routes.standing(start);
    if (cost >= bestCost) continue;
    bestCost = cost;
    best = { start, action: directions[direction].action, stand };
  }
  if (best === null) return null;
  if (best.start !== scene.at) return scene.walkTo(best.start);
  return scene.safeToEnter(best.stand) ? best.action : null;
}
