import { type Creature, creaturesIn, namesAt } from "./creatures.ts";
import { around, type Cell, cellAt } from "./geometry.ts";
import { entryCosts } from "./ground.ts";
import type { Knowledge, Layout } from "./knowledge.ts";
import { expectedLayout } from "./layout.ts";
import type { Sight } from "./parse-observation.ts";
import { type Routes, routesFrom } from "./route.ts";
import { readTerrain, terrain } from "./terrain.ts";

/** What the player is about to do, and in which pursuit. */
export interface Decision {
  readonly action: string;
  /** Answers to what the game will ask next. */
  readonly answers: readonly string[];
  /** Named for the notes, e.g. `explore`. */
  readonly goal: string;
  readonly cell: Cell | null;
}

export function act(action: string, goal: string, cell: Cell | null = null, answers: readonly string[] = []): Decision {
  return { action, answers, goal, cell };
}

/** An action several times over: the digits first. Without notes it would be forgotten what they were for. */
export function repeat(scene: Scene, times: number, action: string, goal: string, cell: Cell | null): Decision {
  if (!scene.mindful || times < 2) return act(action, goal, cell);
  const [first = "", ...rest] = String(times);
  return act(first, goal, cell, [...rest, action]);
}

/** A moment as the player sees it: what it remembers, what is shown now, and what follows from both. */
export class Scene {
  readonly known: Knowledge;
  readonly sight: Sight;
  /** Where the hero stands, or last stood while the cursor is elsewhere. */
  readonly hero: Cell;
  readonly kinds: Uint8Array;
  /** Everybody else, the nearest first. */
  readonly creatures: readonly Creature[];
  /** Uniform in [0, 1). */
  readonly chance: () => number;
  /** What this level is expected to be like; null when nothing is known of its like. */
  readonly expected: Layout | null;
  /** The notes were at hand, so that a plan of several actions will be remembered. */
  readonly mindful: boolean;
  private ways: Routes | null = null;

  constructor(known: Knowledge, sight: Sight, chance: () => number, mindful: boolean) {
    this.known = known;
    this.sight = sight;
    this.hero = sight.hero ?? known.at ?? cellAt(1, 0);
    this.chance = chance;
    this.mindful = mindful;
    this.kinds = readTerrain(sight.rows);
    const creatures = creaturesIn(sight, this.hero, known.level.peaceful);
    this.creatures = creatures;
    for (const { cell } of creatures) this.kinds[cell] = terrain.creature;
    // Doors are passed in a straight line whoever stands in them.
    for (const door of known.level.doors)
      if (this.kinds[door] === terrain.creature) this.kinds[door] = terrain.openDoor;
    this.expected = expectedLayout(known, this.kinds);
  }

  get turn(): number {
    return this.sight.status.turn;
  }

  /** Health as a part of what it can be. */
  get health(): number {
    return this.sight.status.hp / Math.max(1, this.sight.status.maxHp);
  }

  /** As the game's own rule for prayers has it. */
  get critical(): boolean {
    const { hp, maxHp, experience } = this.sight.status;
    const divisor = experience <= 5 ? 5 : experience <= 13 ? 6 : 7;
    return hp <= 5 || hp * divisor <= Math.min(maxHp, 15 * experience);
  }

  is(word: string): boolean {
    return this.sight.status.words.includes(word);
  }

  /** Those who mean harm, within a number of steps. */
  foes(within: number): readonly Creature[] {
    return this.creatures.filter(({ manner, distance }) => manner === "hostile" && distance <= within);
  }

  kindAt(cell: Cell): number {
    return this.kinds[cell] ?? terrain.blank;
  }

  shuns(cell: Cell): boolean {
    return this.known.level.shunned.has(cell);
  }

  /** Whether something was never seen around a cell. */
  borders(cell: Cell): boolean {
    return around(cell).some((near) => this.kinds[near] === terrain.blank);
  }

  get routes(): Routes {
    this.ways ??= routesFrom(
      this.hero,
      entryCosts(this.kinds, this.known.level, this.creatures, this.wares(), this.expected),
      this.kinds,
      this.known.level.blocked,
    );
    return this.ways;
  }

  /** Things in a shop are for sale: what is not touched need not be paid. */
  private wares(): ReadonlySet<Cell> {
    const { shop } = this.known.level;
    if (shop === null) return new Set();
    const inside = new Set([shop]);
    for (const cell of inside) {
      for (const near of around(cell)) {
        const kind = this.kindAt(near);
        if (kind === terrain.floor || kind === terrain.thing || kind === terrain.creature) inside.add(near);
      }
    }
    return new Set([...inside].filter((cell) => this.kindAt(cell) === terrain.thing));
  }

  /** What the language observation may call what is at a cell. */
  namesAt(cell: Cell): readonly string[] {
    return namesAt(this.sight.sightings, this.hero, cell);
  }

  item(pattern: RegExp): string | null {
    return this.sight.inventory.find(({ text }) => pattern.test(text))?.letter ?? null;
  }
}
