import { around, type Cell, cellAt, cellCount, directions, height, inside, neighbour, width } from "./geometry.ts";
import { type Decision, repeat, type Scene } from "./scene.ts";
import { isDoor, isGround, terrain } from "./terrain.ts";
import { walkTo } from "./walk.ts";

/** Turns of one search. */
const bout = 10;
/** Chance that a turn of search misses what is hidden next to the hero. */
const missed = 6 / 7;
const goal = "search for hidden doors";

/** With nothing left to explore there must be a hidden door or passage: searches where one would lead to the largest unseen part. */
export function search(scene: Scene): Decision | null {
  const { plan } = scene.known;
  const begun = plan?.goal === goal ? plan.cell : null;
  if (begun !== null && begun !== scene.hero && !scene.shuns(begun)) {
    const on = walkTo(scene, begun, goal);
    if (on !== null) return on;
  }
  const arrived = begun === scene.hero && plan?.action !== "search";
  const best = arrived ? scene.hero : bestSpot(scene);
  if (best === null) return null;
  return best === scene.hero ? repeat(scene, bout, "search", goal, best) : walkTo(scene, best, goal);
}

/** The place to search at next: much to be found, little to walk. */
function bestSpot(scene: Scene): Cell | null {
  const worth = hiddenWorth(scene);
  let best: Cell | null = null;
  let bestScore = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    const cost = scene.routes.cost(cell);
    if (cost === Number.POSITIVE_INFINITY || scene.shuns(cell)) continue;
    const deadEnd = leadsNowhere(scene, cell);
    const sum = around(cell).reduce((total, near) => total + (worth[near] ?? 0), 0);
    const score = (sum * (deadEnd ? 5 : 1)) / (cost / 10 + 20);
    if (score > bestScore) {
      bestScore = score;
      best = cell;
    }
  }
  return best;
}

/** The end of a corridor, or a door with nothing behind it. */
function leadsNowhere(scene: Scene, cell: Cell): boolean {
  const kind = scene.kindAt(cell);
  const hero = cell === scene.hero;
  if (kind === terrain.corridor || hero) {
    if (around(cell).filter((near) => isGround(scene.kindAt(near))).length <= 1) return true;
  }
  if (!isDoor(kind) && kind !== terrain.floor && !hero) return false;
  const [north, east, south, west] = directions.slice(0, 4).map((way) => scene.kindAt(neighbour(cell, way) ?? 0));
  const across = (a = 0, b = 0) => a === terrain.wall && b === terrain.wall;
  const open = (a = 0, b = 0) => a === terrain.blank || b === terrain.blank;
  return (across(north, south) && open(east, west)) || (across(east, west) && open(north, south));
}

/** What finding an opening at each wall or blank cell would be worth; less with every search it has had. */
function hiddenWorth(scene: Scene): Float64Array {
  const worth = new Float64Array(cellCount);
  const blanks = blankTable(scene.kinds);
  const searched = new Float64Array(cellCount);
  for (const [cell, turns] of scene.known.level.searched) {
    for (const near of around(cell)) searched[near] = (searched[near] ?? 0) + turns;
  }
  for (let y = 1; y < height - 1; y++) {
    for (let x = 2; x < width - 2; x++) {
      const cell = cellAt(x, y);
      const kind = scene.kindAt(cell);
      if (kind !== terrain.wall && kind !== terrain.blank) continue;
      const unseen = blanksIn(blanks, x - 9, y - 5, x + 9, y + 5) / 209;
      worth[cell] = unseen ** 2 * (kind === terrain.wall ? 1 : 0.4) * missed ** (searched[cell] ?? 0);
    }
  }
  return worth;
}

/** Summed-area table of cells never seen. */
function blankTable(kinds: Uint8Array): Int32Array {
  const table = new Int32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const blank = kinds[cellAt(x, y)] === terrain.blank && inside(x, y) ? 1 : 0;
      const at = (y + 1) * (width + 1) + x + 1;
      table[at] = blank + (table[at - 1] ?? 0) + (table[at - width - 1] ?? 0) - (table[at - width - 2] ?? 0);
    }
  }
  return table;
}

/** Blank cells of a rectangle, both corners included; beyond the edge there are none. */
function blanksIn(table: Int32Array, left: number, top: number, right: number, bottom: number): number {
  const [x0, y0] = [Math.max(0, left), Math.max(0, top)];
  const [x1, y1] = [Math.min(width, right + 1), Math.min(height, bottom + 1)];
  const at = (x: number, y: number) => table[y * (width + 1) + x] ?? 0;
  return at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0);
}
