import { type Cell, cellAt, height, inside, width } from "./geometry.ts";
import { parseSightings, type Sighting } from "./sightings.ts";

export interface Item {
  readonly letter: string;
  readonly text: string;
}

/** The two rows at the bottom, as far as they matter. */
export interface Status {
  readonly depth: number;
  readonly hp: number;
  readonly maxHp: number;
  /** Energy for spells. */
  readonly energy: number;
  readonly experience: number;
  readonly turn: number;
  /** Words behind the turn: `Hungry`, `Burdened`, `Blind`, ... */
  readonly words: readonly string[];
}

/** Everything the benchmark's texts say about a moment. */
export interface Sight {
  readonly message: string;
  /** A page of text or a menu covers the map, or part of it. */
  readonly page: boolean;
  readonly sightings: readonly Sighting[];
  /** Where the hero stands; null while the cursor is elsewhere, as it is in menus and at questions. */
  readonly hero: Cell | null;
  /** The game's role as the cursor line names it, e.g. `barbarian`. */
  readonly role: string | null;
  /** What the cursor is at: the message row while the game asks. */
  readonly cursorRow: number;
  /** The map's rows, `height` of `width` characters. */
  readonly rows: readonly string[];
  readonly status: Status;
  readonly inventory: readonly Item[];
}

/** Stands for the depth of a place that has none. */
const elsewhere = 99;

const mapHeading = "\nmap:\n";

/** Whether a text holds an observation. */
export function holdsSight(text: string): boolean {
  return text.includes("language observation:\n") && text.includes(mapHeading);
}

/** Reads an observation out of a text that may hold other things around it. */
export function parseSight(text: string): Sight {
  const message = between(text, "message:\n", "\nlanguage observation:\n").replaceAll("\0", "").trim();
  const [, name, x, y] = /\ncursor:\n(.*)\n\(x=(\d+), y=(\d+)\)/.exec(text) ?? [];
  const cursorRow = Number(y ?? 0);
  const role = /^Yourself an? ?(.*)$/.exec(name ?? "")?.[1] ?? null;
  const lines = mapLines(text);
  return {
    message,
    page: /\(end\)|\(\d+ of \d+\)/.test(message) || !lines.some((line) => /\bHP:-?\d/.test(line)),
    sightings: parseSightings(between(text, "language observation:\n", "\ncursor:\n")),
    hero: role !== null && inside(Number(x), cursorRow - 1) ? cellAt(Number(x), cursorRow - 1) : null,
    role,
    cursorRow,
    rows: lines.slice(0, height),
    status: parseStatus(lines.slice(height).join(" ")),
    inventory: parseInventory(between(text, "\ninventory:\n", "\n\n")),
  };
}

function between(text: string, before: string, after: string): string {
  const start = text.indexOf(before);
  if (start < 0) return "";
  const end = text.indexOf(after, start + before.length);
  return text.slice(start + before.length, end < 0 ? undefined : end);
}

function mapLines(text: string): string[] {
  const start = text.indexOf(mapHeading);
  const rows = start < 0 ? [] : text.slice(start + mapHeading.length).split("\n", height + 2);
  return Array.from({ length: height + 2 }, (_, row) => (rows[row] ?? "").padEnd(width).slice(0, width));
}

function parseStatus(text: string): Status {
  const [, hp, maxHp] = /HP:(-?\d+)\((\d+)\)/.exec(text) ?? [];
  const [, turn, words = ""] = /\bT:(\d+)(.*)/.exec(text) ?? [];
  return {
    // Some places have a name instead of a depth.
    depth: Number(/Dlvl:(\d+)/.exec(text)?.[1] ?? elsewhere),
    hp: Number(hp ?? 1),
    maxHp: Number(maxHp ?? 1),
    energy: Number(/\bPw:(\d+)/.exec(text)?.[1] ?? 0),
    experience: Number(/(?:Xp|Exp|HD):(\d+)/.exec(text)?.[1] ?? 1),
    turn: Number(turn ?? 0),
    words: words.split(" ").filter((word) => word !== ""),
  };
}

function parseInventory(text: string): Item[] {
  return [...text.matchAll(/^([a-zA-Z$#]): (.+)$/gm)].map(([, letter = "", name = ""]) => ({ letter, text: name }));
}
