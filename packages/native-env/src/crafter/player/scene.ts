import { count } from "./achievements.ts";
import { chunkOf, meadows, zombiesAt } from "./danger.ts";
import { type Cell, directions, directionTo, neighbour } from "./geometry.ts";
import { entryCosts } from "./ground.ts";
import { type Inference, infer } from "./infer.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Sight } from "./parse-observation.ts";
import { type Routes, routesFrom } from "./route.ts";
import { creatures, has, type Kind, type KindId, kindId, setOf, walkable } from "./terrain.ts";

/** What the player is about to do, and in which pursuit. */
export interface Decision {
  readonly action: string;
  /** Named for the notes, e.g. `collect iron`. */
  readonly goal: string;
  readonly cell: Cell | null;
}

export interface Clock {
  readonly step: number;
  readonly turn: number;
  readonly stepsLeft: number;
}

/** Steps from one morning to the next (spec crafter §8.3). */
const dayLength = 300;

/** A moment as the player sees it: what it remembers, what is shown now, and what follows from both. */
export class Scene {
  readonly known: Knowledge;
  readonly sight: Sight;
  readonly step: number;
  readonly turn: number;
  /** Steps the episode still has, this one included. */
  readonly stepsLeft: number;
  readonly inference: Inference;
  /** Uniform in [0, 1). */
  readonly chance: () => number;
  private ways: Routes | null = null;
  private squares: Uint8Array | null = null;

  constructor(known: Knowledge, sight: Sight, clock: Clock, chance: () => number) {
    this.known = known;
    this.sight = sight;
    this.step = clock.step;
    this.turn = clock.turn;
    this.stepsLeft = clock.stepsLeft;
    this.chance = chance;
    this.inference = infer(known.grid, known.at, known.facing, sight);
  }

  get at(): Cell {
    return this.known.at;
  }

  get timeOfDay(): number {
    return this.turn % dayLength;
  }

  /** Zombies to be expected in a square of meadow, 0 to 3. */
  get danger(): number {
    return zombiesAt(this.timeOfDay);
  }

  /** Whether zombies are to be expected where a cell lies. */
  inMeadow(cell: Cell): boolean {
    this.squares ??= meadows(this.known.grid);
    return this.squares[chunkOf(cell)] === 1;
  }

  /** The cell in front; null when the player does not know where it looks. */
  get ahead(): Cell | null {
    return this.known.facing === null ? null : neighbour(this.at, this.known.facing);
  }

  carries(item: string): number {
    return count(this.sight.items, item);
  }

  has(achievement: string): boolean {
    return this.known.done.has(achievement);
  }

  kindAt(cell: Cell): KindId {
    return this.known.grid[cell] ?? kindId.unseen;
  }

  shuns(cell: Cell): boolean {
    return this.known.shunned.has(cell);
  }

  /** Distance of the nearest creature of a kind in view; infinite when there is none. */
  creature(kind: Kind): { readonly distance: number; readonly cells: readonly Cell[] } {
    const place = this.inference.places.find((candidate) => candidate.kind === kindId[kind]);
    return place ?? { distance: Number.POSITIVE_INFINITY, cells: [] };
  }

  get routes(): Routes {
    this.ways ??= routesFrom(this.at, entryCosts(this));
    return this.ways;
  }

  /** Whether stepping on a neighbouring cell cannot be stepping into lava. */
  safeToEnter(cell: Cell): boolean {
    const set = this.inference.candidates.get(cell);
    if (set !== undefined) return !has(set, kindId.lava);
    const kind = this.kindAt(cell);
    return has(walkable, kind) || kind === kindId.open || kind === kindId.harmless;
  }

  /** The tool that opens a material is carried. */
  canDig(kind: KindId): boolean {
    switch (kind) {
      case kindId.stone:
      case kindId.coal:
        return this.carries("wood_pickaxe") > 0;
      case kindId.iron:
        return this.carries("stone_pickaxe") > 0;
      case kindId.diamond:
        return this.carries("iron_pickaxe") > 0;
      default:
        return kind === kindId.tree;
    }
  }

  /** One step on the way to stand on a cell: walking, digging, bridging water. Null when there is no safe one, or it is reached. */
  walkTo(target: Cell): string | null {
    if (this.routes.standing(target) === Number.POSITIVE_INFINITY) return null;
    return this.stepTowards(target);
  }

  /** One step on the way to work on a cell; `Do` when it lies in front. */
  workOn(target: Cell): string | null {
    if (this.ahead === target) return "Do";
    return this.routes.cost(target) === Number.POSITIVE_INFINITY ? null : this.stepTowards(target);
  }

  private stepTowards(target: Cell): string | null {
    const next = this.routes.firstStep(target);
    const direction = directionTo(this.at, next);
    if (direction === null) return null;
    const { action } = directions[direction];
    const kind = this.kindAt(next);
    if (this.known.facing !== direction) return this.safeToEnter(next) ? action : null;
    const front = this.sight.front ?? kind;
    if (has(diggable, front) || has(creatures, front)) return "Do";
    if (front === kindId.water && next !== target) return this.carries("stone") > 0 ? "Place Stone" : null;
    return this.safeToEnter(next) ? action : null;
  }
}

const diggable = setOf("tree", "stone", "coal", "iron", "diamond");
