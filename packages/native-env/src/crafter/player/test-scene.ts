import { cellAt, type Direction, directions, distance, visibleCells, xOf, yOf } from "./geometry.ts";
import { freshKnowledge, type Knowledge } from "./knowledge.ts";
import type { Inventory, Sight, Sighting, Vitals } from "./parse-observation.ts";
import { Scene } from "./scene.ts";
import { creatures, has, type KindId, kindId, kindOfGlyph } from "./terrain.ts";

export interface Staging {
  readonly facing?: Direction;
  readonly items?: Inventory;
  readonly vitals?: Partial<Vitals>;
  readonly turn?: number;
  readonly known?: Partial<Knowledge>;
  /** Forget the ground: only what is in view is known. */
  readonly amnesia?: boolean;
}

const creatureGlyphs: Readonly<Record<string, KindId>> = {
  C: kindId.cow,
  Z: kindId.zombie,
  S: kindId.skeleton,
  "*": kindId.arrow,
};

/** For tests: a moment drawn as a picture, `@` being the player; cells outside the picture are grass. */
export function stage(picture: readonly string[], staging: Staging = {}): Scene {
  const row = picture.findIndex((line) => line.includes("@"));
  const column = picture[row]?.indexOf("@") ?? 0;
  const shown = (x: number, y: number): KindId => {
    const glyph = picture[row + y]?.[column + x] ?? ".";
    return creatureGlyphs[glyph] ?? (glyph === "@" ? kindId.grass : kindOfGlyph(glyph));
  };
  const at = cellAt(0, 0);
  const known = { ...freshKnowledge(true), facing: staging.facing ?? 3, items: staging.items ?? {}, ...staging.known };
  const grid = known.grid.slice();
  if (!staging.amnesia) {
    for (const cell of visibleCells(at)) {
      const kind = shown(xOf(cell), yOf(cell));
      grid[cell] = has(creatures, kind) ? kindId.grass : kind;
    }
  }
  grid[at] = kindId.grass;
  const sight = seen(at, known.facing, shown, staging);
  const turn = staging.turn ?? 60;
  return new Scene({ ...known, grid }, sight, { step: turn, turn, stepsLeft: 1000 }, () => 0);
}

/** What the text would say: the nearest of each kind, the first in scanning order among equals. */
function seen(at: number, facing: Direction | null, shown: (x: number, y: number) => KindId, staging: Staging): Sight {
  const nearest = new Map<KindId, Sighting>();
  for (const cell of visibleCells(at)) {
    const [x, y] = [xOf(cell), yOf(cell)];
    const steps = distance(at, cell);
    const kind = shown(x, y);
    if (steps >= (nearest.get(kind)?.distance ?? Number.POSITIVE_INFINITY)) continue;
    nearest.set(kind, {
      kind,
      distance: steps,
      dx: Math.sign(x) as Sighting["dx"],
      dy: Math.sign(y) as Sighting["dy"],
    });
  }
  const ahead = facing === null ? null : directions[facing];
  return {
    sightings: [...nearest.values()],
    front: ahead === null ? null : shown(ahead.dx, ahead.dy),
    blind: false,
    sleeping: false,
    dead: false,
    vitals: { health: 9, food: 9, drink: 9, energy: 9, ...staging.vitals },
    items: staging.items ?? {},
  };
}
