import { chunkOf, creatureCosts, meadows } from "./danger.ts";
import { allDirections, type Cell, neighbour } from "./geometry.ts";
import type { Inference } from "./infer.ts";
import { blocked } from "./route.ts";
import { creatures, has, type Kind, type KindId, kindId, kinds, setOf, walkable } from "./terrain.ts";

/** What of a moment bears on walking. */
export interface Footing {
  readonly at: Cell;
  readonly known: { readonly grid: Uint8Array };
  readonly sight: { readonly blind: boolean };
  readonly inference: Inference;
  /** Zombies to be expected in a meadow, 0 to 3. */
  readonly danger: number;
  carries(item: string): number;
  canDig(kind: KindId): boolean;
}

/** Tenths of an action for what has to be guessed or worked through; 10 is one step on open ground. */
const bridge = 35;
const dig = 21;
const perZombie = 7;
const pastCreature = 15;

/** Ground a zombie may come over. */
const surface = walkable | setOf("open", "harmless", "unseen");

/** For every cell, the cost of entering it (route.ts): walking, digging, bridging water, and a surcharge for what is dangerous. */
export function entryCosts(scene: Footing): Int16Array {
  const prices = kinds.map((kind) => groundCost(scene, kind));
  const { grid } = scene.known;
  const costs = Int16Array.from(grid, (kind) => prices[kind] as number);
  if (scene.danger > 0) {
    const squares = meadows(grid);
    for (let cell = 0; cell < costs.length; cell++) {
      if (squares[chunkOf(cell)] === 1 && has(surface, grid[cell] as number))
        add(costs, cell, perZombie * scene.danger);
    }
  }
  for (const [cell, price] of creatureCosts(scene.inference)) add(costs, cell, price);
  for (const direction of allDirections) {
    const next = neighbour(scene.at, direction);
    const set = next === null ? undefined : scene.inference.candidates.get(next);
    if (next === null || set === undefined) continue;
    if (has(set, kindId.lava)) costs[next] = blocked;
    else if ((set & ~creatures) === 0) add(costs, next, pastCreature);
  }
  return costs;
}

function add(costs: Int16Array, cell: Cell, price: number): void {
  costs[cell] = Math.min(blocked, (costs[cell] as number) + price);
}

function groundCost(scene: Footing, kind: Kind): number {
  const hasPickaxe = scene.canDig(kindId.stone);
  switch (kind) {
    case "grass":
    case "path":
    case "sand":
    case "open":
      return 10;
    case "harmless":
      return 18;
    case "unseen":
      // Where nothing is shown, lava is not either.
      return scene.sight.blind ? blocked : 20;
    case "doubtful":
      return 80;
    case "solid":
      return hasPickaxe ? 26 : 90;
    case "water":
      return hasPickaxe && scene.carries("stone") > 0 ? bridge : blocked;
    default:
      return scene.canDig(kindId[kind]) ? dig : blocked;
  }
}
