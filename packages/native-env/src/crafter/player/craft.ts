import { type Cell, cellCount, isNearby, xOf, yOf } from "./geometry.ts";
import type { Decision, Scene } from "./scene.ts";
import { has, type Kind, kindId, setOf } from "./terrain.ts";

export interface Recipe {
  readonly item: string;
  readonly action: string;
  readonly needs: Readonly<Record<string, number>>;
  readonly nearby: readonly Kind[];
}

/** In the order in which the player wants them (spec crafter §4.4). */
export const recipes: readonly Recipe[] = [
  { item: "wood_pickaxe", action: "Make Wood Pickaxe", needs: { wood: 1 }, nearby: ["table"] },
  { item: "wood_sword", action: "Make Wood Sword", needs: { wood: 1 }, nearby: ["table"] },
  { item: "stone_pickaxe", action: "Make Stone Pickaxe", needs: { wood: 1, stone: 1 }, nearby: ["table"] },
  { item: "stone_sword", action: "Make Stone Sword", needs: { wood: 1, stone: 1 }, nearby: ["table"] },
  {
    item: "iron_pickaxe",
    action: "Make Iron Pickaxe",
    needs: { wood: 1, coal: 1, iron: 1 },
    nearby: ["table", "furnace"],
  },
  { item: "iron_sword", action: "Make Iron Sword", needs: { wood: 1, coal: 1, iron: 1 }, nearby: ["table", "furnace"] },
];

export const tableWood = 2;
export const furnaceStone = 4;
const buildable = setOf("grass", "sand", "path");

export function missing(scene: Scene): readonly Recipe[] {
  return recipes.filter((recipe) => scene.carries(recipe.item) === 0);
}

export function affordable(scene: Scene, recipe: Recipe): boolean {
  return Object.entries(recipe.needs).every(([item, amount]) => scene.carries(item) >= amount);
}

export function isNear(scene: Scene, kind: Kind, at: Cell = scene.at): boolean {
  return cellsOf(scene, kind).some((cell) => isNearby(cell, at));
}

function cellsOf(scene: Scene, kind: Kind): Cell[] {
  const id = kindId[kind];
  const cells: Cell[] = [];
  for (let cell = 0; cell < cellCount; cell++) if (scene.known.grid[cell] === id) cells.push(cell);
  return cells;
}

/** The cheapest cell to stand on with everything in `kinds` nearby. */
export function workshop(scene: Scene, kinds: readonly Kind[]): { readonly cell: Cell; readonly cost: number } | null {
  const [first, ...others] = kinds.map((kind) => cellsOf(scene, kind));
  let best: { cell: Cell; cost: number } | null = null;
  for (const anchor of first ?? []) {
    for (let cell = 0; cell < cellCount; cell++) {
      if (!isNearby(cell, anchor) || xOf(cell) <= -32 || yOf(cell) <= -32) continue;
      const cost = scene.routes.standing(cell);
      if (cost >= (best?.cost ?? Number.POSITIVE_INFINITY) || scene.shuns(cell)) continue;
      if (others.every((cells) => cells.some((other) => isNearby(other, cell)))) best = { cell, cost };
    }
  }
  return best;
}

/** Puts a table or furnace in front; when the cell there will not take it, turns or walks until one will. */
export function build(scene: Scene, what: "table" | "furnace"): Decision | null {
  const goal = `place a ${what}`;
  const { front } = scene.sight;
  if (front !== null && has(buildable, front) && scene.ahead !== null) {
    return { action: what === "table" ? "Place Table" : "Place Furnace", goal, cell: scene.ahead };
  }
  return faceGround(scene, goal, buildable);
}

/** Walks to the nearest open cell: the way ends facing what lies behind it, which is open ground sooner or later. */
export function faceGround(scene: Scene, goal: string, kinds: number): Decision | null {
  let best: Cell | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < cellCount; cell++) {
    if (!has(kinds, scene.known.grid[cell] as number) || cell === scene.at || scene.shuns(cell)) continue;
    const cost = scene.routes.standing(cell);
    if (cost < bestCost) {
      bestCost = cost;
      best = cell;
    }
  }
  const action = best === null ? null : scene.walkTo(best);
  return action === null ? null : { action, goal, cell: best };
}
