import { type Cell, xOf, yOf } from "./geometry.ts";

/** One name at one place of the language observation: how far and which way, as the text puts it. */
export interface Sighting {
  readonly name: string;
  readonly range: string;
  readonly bearing: string;
}

const entry = /^(.+?) (very far|far|near|very near|adjacent) ((?:north|south|east|west|, | and |,)+)$/;

/** Plurals that end otherwise than by an `s`, as the text layer makes them (spec balrog-text §4.7). */
function singular(plural: string): string {
  if (plural.endsWith("ves")) return `${plural.slice(0, -3)}f`;
  if (plural.endsWith("ies")) return `${plural.slice(0, -3)}y`;
  if (/(?:z|x|sh|ss|s)es$/.test(plural)) return plural.slice(0, -2);
  return plural.endsWith("s") && !/(?:ss|boots|shoes|scales|lenses|bars)$/.test(plural) ? plural.slice(0, -1) : plural;
}

/** What the lines of a language observation name. Of several things in one direction the name is given without its plural ending. */
export function parseSightings(text: string): Sighting[] {
  return text.split("\n").flatMap((line) => {
    const [, name = "", range = "", ways] = entry.exec(line) ?? [];
    if (ways === undefined) return [];
    const bearings = ways.split(/, and | and |, /).filter((word) => word !== "");
    return bearings.flatMap((bearing) => {
      const one = singular(name);
      return one === name
        ? [{ name, range, bearing }]
        : [
            { name, range, bearing },
            { name: one, range, bearing },
          ];
    });
  });
}

/** How far a cell is, in the text's words. */
export function rangeOf(from: Cell, to: Cell): string {
  const steps = Math.max(Math.abs(xOf(to) - xOf(from)), Math.abs(yOf(to) - yOf(from)));
  if (steps === 1) return "adjacent";
  if (steps === 2) return "very near";
  if (steps <= 5) return "near";
  return steps < 20 ? "far" : "very far";
}

/** Which way a cell lies, in the text's words (spec balrog-text §4.1). */
export function bearingOf(from: Cell, to: Cell): string {
  const [dx, dy] = [xOf(to) - xOf(from), yOf(from) - yOf(to)];
  const slant = Math.min(Math.abs(dx), Math.abs(dy));
  const vertical = dy < 0 ? "south" : "north";
  const horizontal = dx < 0 ? "west" : "east";
  const straight = Math.abs(dy) > slant ? vertical : Math.abs(dx) > slant ? horizontal : "";
  return straight + (slant > 0 ? vertical + horizontal : "");
}
