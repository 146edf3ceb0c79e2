import { type Cell, DesBuilder } from "../des-builder.ts";

const map = [
  "-----       ----------------------",
  "|...|       |....................|",
  "|....#######.....................|",
  "|...|       |....................|",
  "-----       ----------------------",
] as const;

const rats: readonly Cell[] = [
  [30, 1],
  [30, 2],
  [30, 3],
  [31, 1],
  [31, 2],
  [31, 3],
];

/** A room for the hero, and through a corridor a large dark room with rats before the stairs down (spec minihack §4.4). */
export function corridorBattleDarkLevel(): string {
  const level = new DesBuilder({ map, regions: [{ area: [0, 0, map[0].length, map.length], lit: false }] });
  level.startWithin([1, 1, 3, 3]);
  for (const cell of rats) level.monster("r", "giant rat", cell);
  return level.stairsDown([32, 2]).text();
}
