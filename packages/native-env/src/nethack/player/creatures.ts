import { type Cell, cellAt, distance, height, width } from "./geometry.ts";
import type { Sight } from "./parse-observation.ts";
import { bearingOf, rangeOf, type Sighting } from "./sightings.ts";
import { signAt } from "./terrain.ts";

export interface Creature {
  readonly cell: Cell;
  /** As the language observation has it; empty when it cannot be told. */
  readonly name: string;
  readonly sign: string;
  /** `tame` swaps places, `peaceful` asks before it is attacked, `untouchable` hurts whoever hits it. */
  readonly manner: "hostile" | "tame" | "peaceful" | "untouchable";
  readonly distance: number;
}

/** Names of things that are drawn with the sign of a creature, or lie in the same direction as one. */
const lifeless =
  /statue|corpse|door|wall|corner|area|stairs|ladder|fountain|alter|throne|sink|grave|doorway|trap|boulder|gold piece|^(?:dark area|pit|hole|web|bars|tree|pool|ice|lava)$/;
const neverHit = /floating eye|blue jelly|spotted jelly|gas spore|(?:green|yellow|brown|red) mold/;
const petrifying = /cockatrice|chickatrice/;
/** Those who keep shops, temples and order. */
const civil = /shopkeeper|watchman|watch captain|priest|Oracle|guard$/;
const creatureSign = /[a-zA-Z@&;:'~1-5]/;

/** Everybody in view but the hero. `peaceful` are names of those who were found to mean no harm. */
export function creaturesIn(sight: Sight, hero: Cell, peaceful: ReadonlySet<string>): Creature[] {
  const found: Creature[] = [];
  const armed = sight.inventory.some(({ text }) => text.includes("weapon in hand"));
  for (let y = 0; y < height; y++) {
    for (let x = 1; x < width; x++) {
      const sign = signAt(sight.rows, x, y);
      const cell = cellAt(x, y);
      if (cell === hero || !creatureSign.test(sign)) continue;
      const names = namesAt(sight.sightings, hero, cell);
      if (names.length > 0 && names.every((name) => name.includes(" statue"))) continue;
      const name = names.find((candidate) => !lifeless.test(candidate)) ?? "";
      found.push({ cell, name, sign, manner: mannerOf(name, sign, peaceful, armed), distance: distance(hero, cell) });
    }
  }
  return found.sort((a, b) => a.distance - b.distance);
}

export function namesAt(sightings: readonly Sighting[], hero: Cell, cell: Cell): string[] {
  const [range, bearing] = [rangeOf(hero, cell), bearingOf(hero, cell)];
  return sightings.flatMap((seen) => (seen.range === range && seen.bearing === bearing ? [seen.name] : []));
}

function mannerOf(name: string, sign: string, peaceful: ReadonlySet<string>, armed: boolean): Creature["manner"] {
  if (name.startsWith("tame ")) return "tame";
  if (civil.test(name) || peaceful.has(name)) return "peaceful";
  if (neverHit.test(name) || (name === "" && /[eFj]/.test(sign))) return "untouchable";
  return !armed && petrifying.test(name) ? "untouchable" : "hostile";
}
