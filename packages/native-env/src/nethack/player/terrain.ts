import { type Cell, cellAt, cellCount, height, width } from "./geometry.ts";

/** What a cell holds, going by its sign on the map. */
export const terrain = {
  blank: 0,
  wall: 1,
  floor: 2,
  corridor: 3,
  openDoor: 4,
  closedDoor: 5,
  down: 6,
  up: 7,
  trap: 8,
  boulder: 9,
  /** An object lies there. */
  thing: 10,
  /** Water or lava. */
  liquid: 11,
  /** Somebody stands there; what he stands on is not shown. */
  creature: 12,
} as const;

export type Terrain = (typeof terrain)[keyof typeof terrain];

const bySign: Readonly<Record<string, Terrain>> = {
  " ": terrain.blank,
  ".": terrain.floor,
  "{": terrain.floor,
  _: terrain.floor,
  "\\": terrain.floor,
  "#": terrain.corridor,
  ">": terrain.down,
  "<": terrain.up,
  "^": terrain.trap,
  "`": terrain.boulder,
  "}": terrain.liquid,
};

const creatureSign = /[a-zA-Z@&;:'~1-5]/;

/** The terrain of every cell, as the screen shows it. */
export function readTerrain(rows: readonly string[]): Uint8Array {
  const kinds = new Uint8Array(cellCount);
  for (let y = 0; y < height; y++) {
    for (let x = 1; x < width; x++) kinds[cellAt(x, y)] = kindOf(rows, x, y);
  }
  return kinds;
}

function kindOf(rows: readonly string[], x: number, y: number): Terrain {
  const sign = signAt(rows, x, y);
  const plain = bySign[sign];
  if (plain !== undefined) return plain;
  if (sign === "-" || sign === "|") return isOpenDoor(rows, x, y) ? terrain.openDoor : terrain.wall;
  if (sign === "+") return isInWall(rows, x, y) ? terrain.closedDoor : terrain.thing;
  return creatureSign.test(sign) ? terrain.creature : terrain.thing;
}

export function signAt(rows: readonly string[], x: number, y: number): string {
  return rows[y]?.[x] ?? " ";
}

const wallSign = /[-|+]/;
const groundSign = /[.#<>^{_`)[(%!?/$=*@a-zA-Z]/;

/** A leaf stands across the wall it hangs in: `-` in a wall of `|`, `|` in one of `-`. A piece of wall has more wall at its ends. */
function isOpenDoor(rows: readonly string[], x: number, y: number): boolean {
  const ends =
    signAt(rows, x, y) === "-"
      ? [signAt(rows, x - 1, y), signAt(rows, x + 1, y)]
      : [signAt(rows, x, y - 1), signAt(rows, x, y + 1)];
  return ends.every((sign) => !wallSign.test(sign)) && ends.some((sign) => groundSign.test(sign));
}

/** A door, unlike a book, is not open to all sides. */
function isInWall(rows: readonly string[], x: number, y: number): boolean {
  const beside = [signAt(rows, x - 1, y), signAt(rows, x + 1, y)];
  const above = [signAt(rows, x, y - 1), signAt(rows, x, y + 1)];
  const open = (signs: readonly string[]) => signs.some((sign) => groundSign.test(sign) && sign !== "#");
  const closed = (signs: readonly string[]) => signs.some((sign) => wallSign.test(sign));
  return closed(beside) || closed(above) || !(open(beside) && open(above));
}

/** Doors that are passed in a straight line only. */
export function isDoor(kind: number): boolean {
  return kind === terrain.openDoor || kind === terrain.closedDoor;
}

/** Whether a cell can be walked on, as far as the map tells. */
export function isGround(kind: number): boolean {
  return kind !== terrain.blank && kind !== terrain.wall && kind !== terrain.liquid;
}

/** Cells with a sign of their own, in order. */
export function cellsOf(kinds: Uint8Array, kind: Terrain): Cell[] {
  const cells: Cell[] = [];
  for (let cell = kinds.indexOf(kind); cell >= 0; cell = kinds.indexOf(kind, cell + 1)) cells.push(cell);
  return cells;
}
