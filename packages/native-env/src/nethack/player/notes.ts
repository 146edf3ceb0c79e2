import { gone, type Notes } from "../../player/notes.ts";
import { type Cell, cellAt, inside, xOf, yOf } from "./geometry.ts";
import { freshKnowledge, freshLevel, type Knowledge, type Layout, type LevelFacts, type Plan } from "./knowledge.ts";

/** The kinds of notes; each goes to a memory file of its own where there is one. */
export type Topic = "state" | "map";

/** The notes that say what is known. Reading them back gives the same knowledge. */
export function encode(known: Knowledge): Notes<Topic> {
  return { state: encodeState(known), map: encodeMap(known) };
}

function encodeState(known: Knowledge): Map<string, string> {
  const { step, turn, depth, at, plan, prayed, unheard, idle, self } = known;
  const where = at === null ? "somewhere" : `at ${place(at)}`;
  return new Map([
    ["hero", self === "" ? "unknown" : self],
    ["now", `step ${step ?? 0}, turn ${turn}, Dlvl ${depth}, ${where}, ${idle} actions without time`],
    ["plan", plan === null ? "none" : encodePlan(plan)],
    ["prayed", prayed === null ? "never" : `at turn ${prayed}${unheard ? ", unheard" : ""}`],
  ]);
}

function encodePlan({ action, answers, goal, cell, since }: Plan): string {
  const further = answers.map((answer) => `, then ${answer}`).join("");
  return `${action}${further}; in order to ${goal}${cell === null ? "" : ` at ${place(cell)}`}, since step ${since}`;
}

/** Facts about the level the hero is on, and one line for each level left. */
function encodeMap({ level, left, layouts }: Knowledge): Map<string, string> {
  const lines = new Map([
    ["arrived", `at turn ${level.since}${level.arrival === null ? "" : ` on stairs ${place(level.arrival)}`}`],
  ]);
  if (level.branch !== "") lines.set("branch", level.branch);
  if (level.shop !== null) lines.set("shop", `just inside at ${place(level.shop)}`);
  for (const [depth, summary] of left) lines.set(`level ${depth}`, summary);
  for (const [cell, layout] of layouts) lines.set(`layout ${place(cell)}`, encodeLayout(layout));
  if (level.down.size > 0) lines.set("stairs_down", places(level.down));
  if (level.up.size > 0) lines.set("stairs_up", places(level.up));
  if (level.doors.size > 0) lines.set("doors", places(level.doors));
  if (level.holes.size > 0) lines.set("holes", places(level.holes));
  if (level.peaceful.size > 0) lines.set("peaceful", [...level.peaceful].join(", "));
  for (const [cell, turns] of level.searched) lines.set(`searched ${place(cell)}`, `${turns} turns`);
  for (const [cell, kicks] of level.locked) lines.set(`locked ${place(cell)}`, `kicked ${kicks} times`);
  for (const [cell, from] of level.blocked) lines.set(`blocked ${place(cell)}`, `from ${places(from)}`);
  for (const [cell, times] of level.dropped) lines.set(`dropped ${place(cell)}`, `${times} times`);
  for (const [cell, until] of level.shunned) lines.set(`avoid ${place(cell)}`, `until turn ${until}`);
  for (const [row, ranges] of walkedRows(level.walked)) lines.set(`walked ${row}`, ranges);
  return lines;
}

/** `down 14,9; holes none; ground 5:30-33 6:12` */
function encodeLayout({ down, holes, ground }: Layout): string {
  const rows = [...walkedRows(ground)].map(([row, columns]) => `${row}:${columns.replaceAll(" ", ",")}`);
  return `down ${places(down) || "none"}; holes ${places(holes) || "none"}; ground ${rows.join(" ")}`;
}

/** Walked cells by row, as ranges of columns. */
function walkedRows(walked: ReadonlySet<Cell>): Map<number, string> {
  const columns = new Map<number, number[]>();
  for (const cell of walked) columns.set(yOf(cell), [...(columns.get(yOf(cell)) ?? []), xOf(cell)]);
  return new Map(
    [...columns].sort(([a], [b]) => a - b).map(([row, list]) => [row, ranges(list.sort((a, b) => a - b))]),
  );
}

function ranges(columns: readonly number[]): string {
  const parts: string[] = [];
  columns.forEach((column, index) => {
    if (columns[index - 1] === column - 1 && parts.length > 0) {
      const [first] = (parts.pop() ?? "").split("-");
      parts.push(`${first}-${column}`);
    } else parts.push(`${column}`);
  });
  return parts.join(" ");
}

function place(cell: Cell): string {
  return `${xOf(cell)},${yOf(cell)}`;
}

function places(cells: Iterable<Cell>): string {
  return [...cells].map(place).join(" ");
}

/** What the notes say; null when they do not say of which step they are. */
export function decode(lines: ReadonlyMap<string, string>): Knowledge | null {
  const now = /^step (\d+), turn (\d+), Dlvl (\d+), (?:somewhere|at (\d+,\d+)), (\d+) actions/.exec(
    lines.get("now") ?? "",
  );
  if (now === null) return null;
  const [, step, turn, depth, at, idle] = now;
  const self = lines.get("hero") ?? "";
  const [, prayed, unheard] = /^at turn (\d+)(, unheard)?/.exec(lines.get("prayed") ?? "") ?? [];
  return {
    ...freshKnowledge(Number(depth), Number(turn)),
    step: Number(step),
    at: cellNamed(at),
    idle: Number(idle),
    self: self === "unknown" ? "" : self,
    plan: decodePlan(lines.get("plan") ?? ""),
    prayed: prayed === undefined ? null : Number(prayed),
    unheard: unheard !== undefined,
    level: decodeLevel(lines),
    layouts: placed(lines, "layout", decodeLayout),
    left: numbered(lines, "level", (value) => value),
  };
}

function decodePlan(value: string): Plan | null {
  const [, actions, goal = "", cell, since] =
    /^(.+?); in order to (.+?)(?: at (\d+,\d+))?, since step (\d+)$/.exec(value) ?? [];
  if (actions === undefined) return null;
  const [action = "", ...answers] = actions.split(", then ");
  return { action, answers, goal, cell: cellNamed(cell), since: Number(since) };
}

function decodeLevel(lines: ReadonlyMap<string, string>): LevelFacts {
  const [, since, arrival] = /^at turn (\d+)(?: on stairs (\d+,\d+))?/.exec(lines.get("arrived") ?? "") ?? [];
  const peaceful = lines.get("peaceful");
  const branch = lines.get("branch") ?? gone;
  return {
    ...freshLevel(Number(since ?? 0)),
    arrival: cellNamed(arrival),
    shop: [...cellsIn(lines.get("shop"))][0] ?? null,
    branch: branch === gone ? "" : branch,
    down: cellsIn(lines.get("stairs_down")),
    up: cellsIn(lines.get("stairs_up")),
    doors: cellsIn(lines.get("doors")),
    holes: cellsIn(lines.get("holes")),
    peaceful: new Set(peaceful === undefined || peaceful === gone ? [] : peaceful.split(", ")),
    searched: placed(lines, "searched", amount),
    locked: placed(lines, "locked", amount),
    dropped: placed(lines, "dropped", amount),
    shunned: placed(lines, "avoid", amount),
    blocked: placed(lines, "blocked", (value) => cellsIn(value)),
    walked: new Set([...numbered(lines, "walked", (value) => value)].flatMap(([row, value]) => columnsIn(row, value))),
  };
}

function decodeLayout(value: string): Layout {
  const [down, holes, ground = ""] = value.split("; ");
  const rows = [...ground.matchAll(/(\d+):([\d,-]+)/g)];
  return {
    down: cellsIn(down),
    holes: cellsIn(holes),
    ground: new Set(rows.flatMap(([, row, columns = ""]) => columnsIn(Number(row), columns))),
  };
}

function columnsIn(row: number, value: string): Cell[] {
  return [...value.matchAll(/(\d+)(?:-(\d+))?/g)].flatMap(([, first, last = first]) => {
    const length = Math.min(80, Number(last) - Number(first) + 1);
    const columns = Array.from({ length: Math.max(0, length) }, (_, index) => Number(first) + index);
    return columns.flatMap((x) => (inside(x, row) ? [cellAt(x, row)] : []));
  });
}

function amount(value: string): number {
  return Number(/\d+/.exec(value)?.[0] ?? 0);
}

/** Lines whose key is a word and a cell. */
function placed<T>(lines: ReadonlyMap<string, string>, word: string, read: (value: string) => T): Map<Cell, T> {
  const found = new Map<Cell, T>();
  for (const [key, value] of lines) {
    const cell = key.startsWith(`${word} `) && value !== gone ? cellNamed(key.slice(word.length + 1)) : null;
    if (cell !== null) found.set(cell, read(value));
  }
  return found;
}

/** Lines whose key is a word and a number. */
function numbered<T>(lines: ReadonlyMap<string, string>, word: string, read: (value: string) => T): Map<number, T> {
  const found = new Map<number, T>();
  for (const [key, value] of lines) {
    const number = key.startsWith(`${word} `) ? key.slice(word.length + 1) : "";
    if (/^\d+$/.test(number) && value !== gone) found.set(Number(number), read(value));
  }
  return found;
}

function cellsIn(value: string | undefined): Set<Cell> {
  return new Set([...(value ?? "").matchAll(/\d+,\d+/g)].flatMap(([text]) => cellNamed(text) ?? []));
}

function cellNamed(text: string | undefined): Cell | null {
  const [, x, y] = /^(\d+),(\d+)$/.exec(text ?? "") ?? [];
  return x !== undefined && inside(Number(x), Number(y)) ? cellAt(Number(x), Number(y)) : null;
}
