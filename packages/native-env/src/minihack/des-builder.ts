import { UsageError } from "@metamem/core";

/** Column and row on the level's map, counted from 0 at its upper left corner. */
export type Cell = readonly [x: number, y: number];

/** Left, upper, right and lower bound, all included. */
export type Area = readonly [x1: number, y1: number, x2: number, y2: number];

/** Where something goes: anywhere, on a cell, or anywhere within a named selection. */
export type Place = "random" | Cell | { readonly within: string };

export type LevelFlag = "hardfloor" | "noteleport" | "premapped" | "nommap" | "shortsighted" | "arboreal";

/** A part of the map with its light. */
export interface Region {
  readonly area: Area;
  readonly lit: boolean;
}

export interface LevelOptions {
  /** The rows of the map in the letters of des-files: `.` floor, `-` and `|` walls, `#` corridor, `F` iron bars, `L` lava, space rock. */
  readonly map: readonly string[];
  readonly flags?: readonly LevelFlag[];
  /** The whole map, lit, if nothing else is said. */
  readonly regions?: readonly Region[];
}

/**
 * Builds the text of a level around one map in the centre, in the shape the reference's generator emits (spec minihack §3): header, map,
 * regions, then one line per call, in the order of the calls. Throws `UsageError` for names that cannot be written in that language;
 * everything else is for the compiler to judge.
 */
export class DesBuilder {
  readonly #head: string;
  readonly #lines: string[] = [];
  #hasStart = false;

  constructor({ map, flags = ["hardfloor"], regions }: LevelOptions) {
    const width = Math.max(0, ...map.map((row) => row.length));
    const header = `\nMAZE: "mylevel", ' '\nFLAGS:${flags.join(",")}\nINIT_MAP: solidfill,' '\nGEOMETRY:center,center\n`;
    this.#head = `${header}MAP\n${map.map((row) => `${row.padEnd(width)}\n`).join("")}ENDMAP\n`;
    // One column and one row more than the map has: as the reference does it.
    for (const { area, lit } of regions ?? [{ area: [0, 0, width, map.length], lit: true }]) {
      this.line(`REGION:(${area.join(",")}),${lit ? "lit" : "unlit"},"ordinary"`);
    }
  }

  /** Any other statement. */
  line(statement: string): this {
    this.#lines.push(statement);
    return this;
  }

  /** Names an area, for places within it. */
  selection(name: string, area: Area): this {
    return this.line(`${variable(name)} = selection:fillrect (${area.join(",")})`);
  }

  /** The outline of an area, or all of it, becomes another terrain. */
  terrain(shape: "rect" | "fillrect", area: Area, terrain: string): this {
    return this.line(`TERRAIN:${shape} (${area.join(",")}),${character(terrain)}`);
  }

  object(symbol: string, name: string, place: Place = "random", state?: "blessed" | "uncursed" | "cursed"): this {
    return this.line(`OBJECT:${thing(symbol, name)},${at(place)}${state === undefined ? "" : `,${state}`}`);
  }

  randomObject(place: Place = "random"): this {
    return this.line(`OBJECT:random,${at(place)}`);
  }

  boulder(place: Place = "random"): this {
    return this.line(`OBJECT: "boulder", ${at(place)}`);
  }

  /** `states` such as `asleep` or `hostile`. */
  monster(symbol: string, name: string, place: Place = "random", ...states: readonly string[]): this {
    return this.line([`MONSTER:${thing(symbol, name)}`, at(place), ...states].join(","));
  }

  randomMonster(place: Place = "random"): this {
    return this.line(`MONSTER:random,${at(place)}`);
  }

  trap(name: string, place: Place = "random"): this {
    return this.line(`TRAP:${quoted(name)},${at(place)}`);
  }

  door(state: "open" | "closed" | "locked" | "nodoor" | "broken" | "secret" | "random", place: Cell): this {
    return this.line(`DOOR:${state},${at(place)}`);
  }

  altar(place: Place, alignment = "random", kind = "altar"): this {
    return this.line(`ALTAR:${at(place)},${alignment},${kind}`);
  }

  sink(place: Place = "random"): this {
    return this.line(`SINK:${at(place)}`);
  }

  fountain(place: Place = "random"): this {
    return this.line(`FOUNTAIN: ${at(place)}`);
  }

  gold(amount: number, place: Place = "random"): this {
    return this.line(`GOLD: ${amount},${at(place)}`);
  }

  /** Carves a maze out of rock from a cell on. */
  mazewalk([x, y]: Cell, direction: "north" | "east" | "south" | "west" = "east"): this {
    return this.line(`MAZEWALK:(${x},${y}),${direction}`);
  }

  wallify(): this {
    return this.line("WALLIFY");
  }

  stairsDown(place: Place = "random"): this {
    return this.line(`STAIR:${at(place)},down`);
  }

  /** Where the hero starts. Only the first start counts. */
  start([x, y]: Cell): this {
    // The second area is where the start may not be. It has to be there, and is the reference's choice.
    const [x1, y1] = [Math.abs(x - 1), Math.abs(y - 1)];
    return this.#startAt(`BRANCH:(${x},${y},${x},${y}),(${x1},${y1},${x1},${y1})`);
  }

  /** The hero starts anywhere in an area. */
  startWithin(area: Area): this {
    return this.#startAt(`BRANCH:(${area.join(",")}),(0,0,0,0)`);
  }

  #startAt(statement: string): this {
    if (!this.#hasStart) this.line(statement);
    this.#hasStart = true;
    return this;
  }

  text(): string {
    return `${this.#head}${this.#lines.join("\n")}\n`;
  }
}

function at(place: Place): string {
  if (place === "random") return place;
  return "within" in place ? `rndcoord(${variable(place.within)})` : `(${place[0]}, ${place[1]})`;
}

function thing(symbol: string, name: string): string {
  return `(${character(symbol)},${quoted(name)})`;
}

function character(symbol: string): string {
  if (/^[ -~]$/.test(symbol)) return symbol === "\\" || symbol === "'" ? `'\\${symbol}'` : `'${symbol}'`;
  throw new UsageError("bad_level", `a level's symbol must be one printable character, not ${JSON.stringify(symbol)}`);
}

function quoted(name: string): string {
  if (/^[^"\n\0]+$/.test(name)) return `"${name}"`;
  throw new UsageError(
    "bad_level",
    `a level cannot name ${JSON.stringify(name)}: quotation marks and line ends have no place in names`,
  );
}

function variable(name: string): string {
  if (/^[A-Za-z_]+$/.test(name)) return `$${name}`;
  throw new UsageError("bad_level", `a level's selection cannot be called ${JSON.stringify(name)}: use letters and _`);
}
