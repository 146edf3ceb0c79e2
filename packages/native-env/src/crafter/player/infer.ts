import { type Cell, cellAt, type Direction, distance, inside, neighbour, visibleCells, xOf, yOf } from "./geometry.ts";
import type { Sight, Sighting } from "./parse-observation.ts";
import { creatures, fixed, has, type KindId, type KindSet, kindId, setOf, walkable } from "./terrain.ts";

/**
 * What one observation says about single cells. The text names only the nearest cell of each kind, but that says much more: nothing of the kind is nearer,
 * kinds not named are nowhere in view, and of equally near cells the first in scanning order (west to east, then north to south) is the named one.
 */
export interface Inference {
  /** Kinds each visible cell may hold; cells out of view are absent. */
  readonly candidates: ReadonlyMap<Cell, KindSet>;
  /** For each line of the list, where the thing may be. */
  readonly places: readonly Place[];
  /** Statements that fit neither each other nor the map: the player is not where it thinks. */
  readonly conflicts: number;
}

export interface Place {
  readonly kind: KindId;
  readonly distance: number;
  /** In scanning order; one cell when it is settled. */
  readonly cells: readonly Cell[];
}

/** Rounds of elimination; more would find next to nothing. */
const rounds = 3;

const lava = setOf("lava");
const plantCell = setOf("plant", "grass");
/** Arrows fly over these. */
const overflown = setOf("water", "lava");
const arrow = setOf("arrow");
const rubble = setOf("table", "furnace", "path");

/**
 * @param grid what is known of the world so far, by cell
 * @param at where the player stands
 * @param facing where it looks; null when it does not know
 */
export function infer(grid: Uint8Array, at: Cell, facing: Direction | null, sight: Sight): Inference {
  const visible = visibleCells(at);
  if (sight.blind || visible.length === 0) return { candidates: new Map(), places: [], conflicts: 0 };
  const candidates = new Map<Cell, KindSet>();
  const named = sight.sightings.reduce((set, sighting) => set | (1 << sighting.kind), 0);
  let conflicts = 0;
  const ahead = facing === null ? null : neighbour(at, facing);
  for (const cell of visible) {
    const near = sight.sightings.reduce(
      (set, sighting) => (sighting.distance > distance(at, cell) ? set & ~(1 << sighting.kind) : set),
      named,
    );
    // What is in front is told outright, and it may just have been worked on.
    const told = cell === ahead && sight.front !== null ? 1 << sight.front : possible(grid[cell] ?? kindId.unseen);
    if ((near & told) === 0) conflicts++;
    candidates.set(cell, near & told || near);
  }
  for (let round = 0; round < rounds; round++) {
    let changed = false;
    for (const sighting of sight.sightings) changed = narrow(candidates, at, sighting) || changed;
    if (!changed) break;
  }
  const places = sight.sightings.map((sighting) => ({
    kind: sighting.kind,
    distance: sighting.distance,
    cells: placesOf(candidates, at, sighting),
  }));
  conflicts += places.filter(({ cells }) => cells.length === 0).length;
  return { candidates, places, conflicts };
}

/** Kinds a cell may show, given what the map says of it. Creatures walk over open ground; only few other things change by themselves. */
function possible(known: KindId): KindSet {
  if (known === kindId.unseen || known === kindId.doubtful) return ~0;
  if (known === kindId.harmless) return ~lava;
  if (known === kindId.open) return walkable | creatures;
  if (known === kindId.solid) return fixed & ~walkable & ~lava;
  if (has(walkable, known)) return (1 << known) | creatures;
  if (known === kindId.plant) return plantCell | creatures;
  if (has(overflown, known)) return (1 << known) | arrow;
  if (has(rubble, known)) return rubble | creatures;
  return 1 << known;
}

/** Applies one sighting; true when it ruled something out. */
function narrow(candidates: Map<Cell, KindSet>, at: Cell, sighting: Sighting): boolean {
  const bit = 1 << sighting.kind;
  const places = placesOf(candidates, at, sighting);
  const [first] = places;
  if (first === undefined) return false;
  let changed = false;
  if (places.length === 1 && candidates.get(first) !== bit) {
    candidates.set(first, bit);
    changed = true;
  }
  // Of equally near cells the first in scanning order was named, so nothing before the first possible place is of the kind.
  for (const [cell, set] of candidates) {
    if (cell === first) break;
    if ((set & bit) === 0 || distance(at, cell) !== sighting.distance || set === bit) continue;
    candidates.set(cell, set & ~bit);
    changed = true;
  }
  return changed;
}

/** The cells a sighting may mean, in scanning order. */
function placesOf(
  candidates: ReadonlyMap<Cell, KindSet>,
  at: Cell,
  { kind, distance: steps, dx, dy }: Sighting,
): Cell[] {
  const cells: Cell[] = [];
  const from = dx === 0 ? 0 : 1;
  const to = dx === 0 ? 0 : dy === 0 ? steps : steps - 1;
  for (let i = from; i <= to; i++) {
    const j = steps - i;
    if ((dy === 0) !== (j === 0)) continue;
    const x = xOf(at) + dx * i;
    const y = yOf(at) + dy * j;
    if (!inside(x, y)) continue;
    const cell = cellAt(x, y);
    if (has(candidates.get(cell) ?? 0, kind)) cells.push(cell);
  }
  return dx < 0 ? cells.reverse() : cells;
}
