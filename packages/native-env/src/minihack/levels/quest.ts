import { type Cell, DesBuilder } from "../des-builder.ts";

const easyMap = [
  "-------------|",
  "|.....L......|--      |-----|",
  "|.....L........|------|.....|",
  "|.....L.....................|",
  "|.....L........|------|.....|",
  "|.....L......|--      |-----|",
  "-------------|",
] as const;

const mediumMap = [
  "-----       -------------------------",
  "|....##     |...................L...|",
  "|...| #     |...................L...|",
  "|...| ######....................L...|",
  "-----       -------------------------",
] as const;

/** The hero's cell, and where the two things lie that help against lava and rats. */
const startCell: Cell = [2, 2];

/** In the benchmark's order; the fourth one's place is part of the wall. */
const mediumRats: readonly Cell[] = [
  [30, 1],
  [30, 2],
  [30, 3],
  [31, 4],
  [31, 2],
  [31, 3],
];

/** A river of lava, two monsters of any kind, and a room with the stairs down (spec minihack §4.5). */
export function questEasyLevel(): string {
  const level = new DesBuilder({ map: easyMap, regions: [{ area: [0, 0, 28, 6], lit: true }] })
    .selection("left_bank", [1, 1, 5, 5])
    .selection("right_bank", [7, 1, 11, 5])
    .selection("goal_room", [25, 2, 27, 4]);
  return addTools(level)
    .randomMonster()
    .randomMonster()
    .startWithin([...startCell, ...startCell])
    .stairsDown({ within: "goal_room" })
    .text();
}

/** A corridor, rats in a dark room, and stairs down beyond a river of lava (spec minihack §4.6). */
export function questMediumLevel(): string {
  const regions = [
    { area: [0, 0, 6, 6], lit: true },
    { area: [13, 0, 36, 6], lit: true },
  ] as const;
  const level = addTools(new DesBuilder({ map: mediumMap, regions }).selection("goal_room", [33, 1, 35, 3]));
  for (const cell of mediumRats) level.monster("r", "giant rat", cell);
  return level
    .startWithin([...startCell, ...startCell])
    .stairsDown({ within: "goal_room" })
    .text();
}

function addTools(level: DesBuilder): DesBuilder {
  return level.object("/", "cold", startCell, "blessed").object("(", "frost horn", startCell, "blessed");
}
