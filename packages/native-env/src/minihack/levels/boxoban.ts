import { UsageError } from "@metamem/core";
import { type Cell, DesBuilder } from "../des-builder.ts";

const side = 10;

/**
 * A Boxoban level as NetHack plays it: boxes become boulders, goals fountains, walls iron bars, all of it known from the start (spec
 * minihack §4.1). Takes ten rows of ten symbols: `#` wall, space floor, `$` box, `.` goal, `@` player. Throws `UsageError` for others.
 */
export function boxobanLevel(rows: readonly string[]): string {
  if (rows.length !== side || !rows.every((row) => /^[# $.@]{10}$/.test(row))) {
    throw new UsageError("bad_level", "a Boxoban level has ten rows of ten symbols out of '# $.@'");
  }
  const [player, second] = cellsOf(rows, "@");
  if (player === undefined || second !== undefined) {
    throw new UsageError("bad_level", "a Boxoban level has one player '@'");
  }
  const map = rows.map((row) => row.replace(/[^#]/g, ".").replaceAll("#", "F"));
  const level = new DesBuilder({ map, flags: ["noteleport", "premapped"] });
  for (const box of cellsOf(rows, "$")) level.boulder(box);
  for (const goal of cellsOf(rows, ".")) level.fountain(goal);
  return level.start(player).text();
}

/** The cells with a symbol, row by row. */
function cellsOf(rows: readonly string[], symbol: string): Cell[] {
  return rows.flatMap((row, y) => [...row].flatMap((found, x): Cell[] => (found === symbol ? [[x, y]] : [])));
}
