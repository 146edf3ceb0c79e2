import type { Notes } from "../../player/notes.ts";
import { type Cell, cellAt, directionNamed, directions, inside, worldSize, xOf, yOf } from "./geometry.ts";
import { freshKnowledge, freshVitals, type Goal, type Knowledge } from "./knowledge.ts";
import type { Inventory } from "./parse-observation.ts";
import { glyphOf, kindNamed, kindOfGlyph, kinds, legend } from "./terrain.ts";

/** The three kinds of notes; each goes to a memory file of its own where there is one. */
export type Topic = "map" | "progress" | "state";

/** The notes that say what is known. Reading them back gives the same knowledge. */
export function encode(known: Knowledge): Notes<Topic> {
  return { map: encodeMap(known), progress: encodeProgress(known), state: encodeState(known) };
}

/** The map as a picture: one line per row that holds anything known, all beginning at the same column. */
function encodeMap(known: Knowledge): Map<string, string> {
  const lines = new Map([
    ["legend", `rows from north to south: the x of the first cell, then one sign per cell; ${legend}`],
  ]);
  const rows = Array.from({ length: worldSize }, (_, row) => {
    const cells = known.grid.subarray(row * worldSize, (row + 1) * worldSize);
    return Array.from(cells, glyphOf).join("");
  });
  const west = Math.min(...rows.map((row) => worldSize - row.replace(/^'+/, "").length));
  rows.forEach((row, index) => {
    const seen = row.slice(west).replace(/'+$/, "");
    if (seen !== "") lines.set(`row ${signed(index - worldSize / 2)}`, `${west - worldSize / 2} ${seen}`);
  });
  for (const { cell, grown } of known.saplings) lines.set(`plant ${place(cell)}`, `grown for ${grown} steps`);
  if (known.cow !== null) lines.set("cow", `last seen at ${place(known.cow)}`);
  return lines;
}

/** Always three characters, so that the rows stand below each other. */
function signed(row: number): string {
  return `${row < 0 ? "-" : "+"}${String(Math.abs(row)).padStart(2, "0")}`;
}

function encodeProgress(known: Knowledge): Map<string, string> {
  return new Map([...known.done].map(([name, step]) => [name, `done by step ${step}`]));
}

function encodeState(known: Knowledge): Map<string, string> {
  const facing = known.facing === null ? "nowhere known" : directions[known.facing].name;
  const struck = known.strikes === 0 ? "" : `, struck ${known.strikes} times`;
  const front = known.front === null ? "nothing" : kinds[known.front];
  const start = known.located ? "" : ", start unknown";
  const { health, food, drink, energy } = known.vitals;
  return new Map([
    ["position", `${place(known.at)} facing ${facing}, ${front} in front${struck}, step ${known.step}${start}`],
    ["carrying", listed(Object.entries(known.items).map(([name, amount]) => `${name} ${amount}`))],
    ["condition", `health ${health}, food ${food}, drink ${drink}, energy ${energy}${known.asleep ? ", asleep" : ""}`],
    ["goal", known.goal === null ? "none" : encodeGoal(known.goal)],
    ["avoid", listed([...known.shunned].map(([cell, until]) => `${place(cell)} until step ${until}`))],
  ]);
}

function encodeGoal({ name, cell, since }: Goal): string {
  return `${name}${cell === null ? "" : ` at ${place(cell)}`}, since step ${since}`;
}

function place(cell: Cell): string {
  return `${xOf(cell)},${yOf(cell)}`;
}

function listed(items: readonly string[]): string {
  return items.length === 0 ? "nothing" : items.join(", ");
}

/** What the notes say; null when they hold no position, without which the rest is of little use. */
export function decode(lines: ReadonlyMap<string, string>): Knowledge | null {
  const position = lines.get("position");
  const found = position === undefined ? null : positionLine.exec(position);
  if (found === null) return null;
  const [, x, y, facing = "", front = "", strikes, step, lost] = found;
  const at = cellNamed(x, y);
  if (at === null) return null;
  const fresh = freshKnowledge(lost === undefined);
  decodeRows(lines, fresh.grid);
  return {
    ...fresh,
    at,
    facing: directionNamed(facing),
    front: kindNamed(front),
    strikes: Number(strikes ?? 0),
    step: Number(step),
    items: decodeItems(lines.get("carrying") ?? ""),
    ...decodeCondition(lines.get("condition") ?? ""),
    done: decodeProgress(lines),
    goal: decodeGoal(lines.get("goal") ?? ""),
    saplings: decodePlants(lines),
    cow: cellIn(/^last seen at (-?\d+),(-?\d+)/.exec(lines.get("cow") ?? "")),
    shunned: decodeAvoid(lines.get("avoid") ?? ""),
  };
}

const positionLine =
  /^(-?\d+),(-?\d+) facing (\w+)(?: known)?, (\w+) in front(?:, struck (\d+) times)?, step (\d+)(, start unknown)?/;

function decodeRows(lines: ReadonlyMap<string, string>, grid: Uint8Array): void {
  for (const [key, value] of lines) {
    const y = /^row ([+-]\d+)$/.exec(key)?.[1];
    const [, first, signs = ""] = /^(-?\d+) ([^\s[]+)/.exec(value) ?? [];
    if (y === undefined || first === undefined) continue;
    [...signs].forEach((sign, index) => {
      if (inside(Number(first) + index, Number(y))) grid[cellAt(Number(first) + index, Number(y))] = kindOfGlyph(sign);
    });
  }
}

function decodeItems(value: string): Inventory {
  return Object.fromEntries([...value.matchAll(/(\w+) (\d+)/g)].map(([, name, amount]) => [name, Number(amount)]));
}

function decodeCondition(value: string): Pick<Knowledge, "vitals" | "asleep"> {
  const vitals = { ...freshVitals };
  for (const [, name, level] of value.matchAll(/(health|food|drink|energy) (\d)/g)) {
    vitals[name as keyof typeof vitals] = Number(level);
  }
  return { vitals, asleep: value.includes("asleep") };
}

/** Achievement names are the keys with an underscore in them. */
export function decodeProgress(lines: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  return new Map(
    [...lines].flatMap(([key, value]) => {
      const step = /^done by step (\d+)/.exec(value)?.[1];
      return step === undefined ? [] : [[key, Number(step)] as const];
    }),
  );
}

function decodeGoal(value: string): Goal | null {
  const [, name, x, y, since] = /^(.+?)(?: at (-?\d+),(-?\d+))?, since step (\d+)/.exec(value) ?? [];
  return name === undefined ? null : { name, cell: cellNamed(x, y), since: Number(since) };
}

function decodePlants(lines: ReadonlyMap<string, string>): Knowledge["saplings"] {
  return [...lines].flatMap(([key, value]) => {
    const cell = cellIn(/^plant (-?\d+),(-?\d+)$/.exec(key));
    const grown = /^grown for (\d+)/.exec(value)?.[1];
    return cell === null || grown === undefined ? [] : [{ cell, grown: Number(grown) }];
  });
}

function decodeAvoid(value: string): ReadonlyMap<Cell, number> {
  return new Map(
    [...value.matchAll(/(-?\d+),(-?\d+) until step (\d+)/g)].flatMap((found) => {
      const cell = cellIn(found);
      return cell === null ? [] : [[cell, Number(found[3])] as const];
    }),
  );
}

function cellIn(found: RegExpExecArray | RegExpMatchArray | null): Cell | null {
  return cellNamed(found?.[1], found?.[2]);
}

function cellNamed(x: string | undefined, y: string | undefined): Cell | null {
  if (x === undefined || y === undefined || !inside(Number(x), Number(y))) return null;
  return cellAt(Number(x), Number(y));
}
