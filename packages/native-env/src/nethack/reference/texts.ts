/**
 * The benchmark's texts written a second time, from the specification alone (balrog-text §3 to §7) and with no thought of speed: what the native ones are
 * compared with in tests.
 */

/** What the texts are made of, by the names of the raw arrays. */
export interface Raw {
  readonly glyphs: Int16Array;
  readonly blstats: BigInt64Array;
  readonly inv_strs: Uint8Array;
  readonly inv_letters: Uint8Array;
  readonly tty_chars: Uint8Array;
  readonly tty_cursor: Uint8Array;
}

const [mapWidth, mapHeight] = [79, 21];
const firstFeature = 2359;
/** Features that are named wherever they are; the others only along the eight lines, and the floors not at all. */
const everywhere = new Set([15, 16, 17, 18, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 37, 38]);
const lastBlocking = 11;
const longestLine = 9;

const distances = ["very far", "far", "near", "very near", "adjacent"];
const clockwise =
  "north northnortheast northeast eastnortheast east eastsoutheast southeast southsoutheast south southsouthwest southwest westsouthwest west westnorthwest northwest northnorthwest".split(
    " ",
  );
const lines = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

interface Seen {
  readonly name: string;
  readonly distance: string;
  readonly direction: string;
}

/** Names of what stands out, by glyph, given the names of all. */
export function seenFromAfar(names: readonly string[]): string[] {
  return names.map((name, glyph) => {
    const feature = glyph - firstFeature;
    return feature < 0 || feature > 86 || everywhere.has(feature) ? name : "";
  });
}

export class ReferenceTexts {
  readonly #far: readonly string[];
  readonly #lined: readonly string[];

  constructor(names: readonly string[]) {
    this.#far = seenFromAfar(names);
    this.#lined = names.map((name, glyph) => (this.#far[glyph] === "" ? name : ""));
  }

  long(raw: Raw): string {
    const [row = 0, column = 0] = raw.tty_cursor;
    const cursor = `${this.cursor(raw)}\n(x=${column}, y=${row})`;
    const map = ttyRows(raw).slice(1).join("\n");
    return [
      `message:\n${screenMessage(ttyRows(raw))}\n`,
      `language observation:\n${this.surroundings(raw)}\n`,
      `cursor:\n${cursor}\n`,
      `map:\n${map}\n\n`,
    ].join("\n");
  }

  surroundings({ glyphs, blstats }: Pick<Raw, "glyphs" | "blstats">): string {
    const [x, y] = [Number(blstats[0]), Number(blstats[1])];
    const seen: Seen[] = [];
    const note = (name: string, column: number, row: number) => {
      const [dx, dy] = [column - x, y - row];
      seen.push({ name, distance: distanceOf(dx, dy), direction: directionOf(dx, dy) });
    };
    for (const [cell, glyph] of glyphs.entries()) {
      const [column, row] = [cell % mapWidth, Math.floor(cell / mapWidth)];
      const name = this.#far[glyph] ?? "";
      if (name !== "" && !(column === x && row === y)) note(name, column, row);
    }
    for (const [dx, dy] of lines) {
      for (let k = 1; k <= longestLine; k++) {
        const [column, row] = [x + k * dx, y + k * dy];
        if (column < 0 || column >= mapWidth || row < 0 || row >= mapHeight) break;
        const glyph = glyphs[row * mapWidth + column] ?? 0;
        const name = this.#lined[glyph] ?? "";
        if (name === "") continue;
        note(name, column, row);
        if (glyph - firstFeature <= lastBlocking) break;
      }
    }
    return told(seen);
  }

  cursor({ glyphs, blstats, tty_cursor }: Pick<Raw, "glyphs" | "blstats" | "tty_cursor">): string {
    const [column, row] = [tty_cursor[1] ?? 0, (tty_cursor[0] ?? 0) - 1];
    const cell = column + mapWidth * row;
    if (cell <= 0 || cell >= mapWidth * mapHeight) return "";
    const [dx, dy] = [column - Number(blstats[0]), Number(blstats[1]) - row];
    const name = this.#far[glyphs[cell] ?? 0] ?? "";
    return dx === 0 && dy === 0 ? `Yourself a ${name}` : `${distanceOf(dx, dy)} ${directionOf(dx, dy)} ${name}`;
  }
}

function distanceOf(dx: number, dy: number): string {
  const most = Math.max(Math.abs(dx), Math.abs(dy));
  if (most === 1) return "adjacent";
  if (most === 2) return "very near";
  if (most === 0 || most >= 20) return "very far";
  return most <= 5 ? "near" : "far";
}

/** `dy` is positive to the north. */
function directionOf(dx: number, dy: number): string {
  const way = (east: number, north: number) =>
    `${north < 0 ? "south" : north > 0 ? "north" : ""}${east < 0 ? "west" : east > 0 ? "east" : ""}`;
  const both = Math.min(Math.abs(dx), Math.abs(dy));
  const diagonal = both === 0 ? "" : way(dx, dy);
  return way(dx - Math.sign(dx) * both, dy - Math.sign(dy) * both) + diagonal;
}

/** Sorted, grouped, and one line for single things and one for several of a kind; lines of one name and distance all say what the last one says. */
function told(seen: readonly Seen[]): string {
  const order = ({ distance, direction }: Seen) =>
    distances.indexOf(distance) * clockwise.length + clockwise.indexOf(direction);
  const sorted = seen.toSorted((a, b) => order(a) - order(b));
  const groups = Map.groupBy(sorted, ({ name, distance }) => `${name}\n${distance}`);
  const said: string[] = [];
  const wheres = new Map<string, readonly string[]>();
  const say = (subject: string, where: readonly string[]) => {
    if (where.length === 0) return;
    said.push(subject);
    wheres.set(subject, where);
  };
  for (const [group, members] of groups) {
    const [name = "", distance = ""] = group.split("\n");
    const counts = Map.groupBy(members, ({ direction }) => direction);
    const times = (many: boolean) => [...counts].flatMap(([way, found]) => (found.length > 1 === many ? [way] : []));
    say(`${name} ${distance}`, times(false));
    say(`${pluralOf(name)} ${distance}`, times(true));
  }
  return said.map((subject) => `${subject} ${listed(wheres.get(subject) ?? [])}`).join("\n");
}

function listed(words: readonly string[]): string {
  if (words.length < 3) return words.join(" and ");
  return `${words.slice(0, -1).join(", ")}, and ${words.at(-1)}`;
}

const irregular: Readonly<Record<string, string>> = {
  "can of grease": "cans of grease",
  "Master of Thieves": "Masters of Thieves",
  ice: "area of ice",
  lava: "area of lava",
};

/** The first rule that fits (§4.7). */
export function pluralOf(name: string): string {
  if (/(boots|shoes|scales|lenses|bars)$/.test(name)) return name;
  if (irregular[name] !== undefined) return irregular[name];
  const first = /^(boom|shield|swallow|scroll|worthless piece|unknown creature) /.exec(name)?.[1];
  if (first !== undefined) return `${first}s${name.slice(first.length)}`;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  if (/(z|x|sh|ss)$/.test(name)) return `${name}es`;
  if (/ff?$/.test(name)) return `${name.replace(/ff?$/, "")}ves`;
  return name.endsWith("s") ? `${name}es` : `${name}s`;
}

/** The terminal's rows, each of 80 characters. */
export function ttyRows({ tty_chars }: Pick<Raw, "tty_chars">): string[] {
  return Array.from({ length: 24 }, (_, row) =>
    Buffer.from(tty_chars.subarray(row * 80, row * 80 + 80)).toString("latin1"),
  );
}

/** Without blanks around; a lone character at the very end is lost. */
function stripped(text: string): string {
  const blank = (at: number) => text[at] === " " || text[at] === "\u001a";
  let [begin, end] = [0, text.length];
  while (begin < end && blank(begin)) begin += 1;
  while (end > begin && blank(end - 1)) end -= 1;
  return begin === text.length - 1 ? "" : text.slice(begin, end);
}

/** The message of a screen (§5). */
export function screenMessage(rows: readonly string[]): string {
  const [first = "", second = ""] = rows;
  if (stripped(first) === "" && stripped(second) === "") return "";
  const indent = first.search(/[^ ]/);
  const score = /Points|list!/.test(stripped(second));
  // Without an indent every row begins one character early, the first with what lies before the screen.
  const screen = `\0${rows.join("")}`;
  let [said, empty] = ["", 0];
  for (const [index, row] of rows.entries()) {
    const part = stripped(indent < 0 ? screen.slice(index * 80, index * 80 + 81) : row.slice(indent));
    empty = part === "" ? empty + 1 : 0;
    said += part;
    const page = part.indexOf(" of ");
    const isPage = page >= 0 && part[page - 2] === "(" && part[page + 5] === ")";
    if (isPage || part.includes("--More--") || part.includes("(end)")) return said;
    if (part !== "") said += "\n";
    if (score && empty > 1) return said;
  }
  return stripped(first);
}

/** What is carried, by letter (§6). A text that fills its row goes on in the next. */
export function inventoryText({ inv_letters, inv_strs }: Pick<Raw, "inv_letters" | "inv_strs">): string {
  const end = inv_letters.indexOf(0);
  const letters = end < 0 ? inv_letters : inv_letters.subarray(0, end);
  return Array.from(letters, (letter, index) => {
    const text = inv_strs.subarray(index * 80);
    const length = text.indexOf(0);
    return `${String.fromCharCode(letter)}: ${Buffer.from(text.subarray(0, length)).toString("latin1")}`;
  }).join("\n");
}
