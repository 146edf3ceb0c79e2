/** The levels of the benchmark's tasks, against spec minihack §4. */

import { UsageError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import {
  boxobanLevel,
  corridorBattleDarkLevel,
  corridorLevel,
  mazeWalkLevel,
  questEasyLevel,
  questMediumLevel,
} from "./index.ts";

/** Rows of the map, and the statements after it. */
function partsOf(text: string): { map: string[]; statements: string[] } {
  const [, map = "", rest = ""] = /MAP\n([\s\S]*?)\nENDMAP\n([\s\S]*)\n$/.exec(text) ?? [];
  return { map: map.split("\n"), statements: rest.split("\n") };
}

test.each([
  [9, 5],
  [15, 8],
])("MazeWalk of %i starts to be carved at %i", (size, middle) => {
  const { map, statements } = partsOf(mazeWalkLevel(size));
  expect(map).toEqual(Array(size + 2).fill(".".repeat(size + 2)));
  expect(statements).toEqual([
    `REGION:(0,0,${size + 2},${size + 2}),lit,"ordinary"`,
    `TERRAIN:rect (0,0,${size + 1},${size + 1}),'-'`,
    `TERRAIN:fillrect (1,1,${size},${size}),' '`,
    `MAZEWALK:(${middle},${middle}),east`,
    "STAIR:random,down",
  ]);
});

test("Corridor-R3 has three lit rooms, the first with stairs up, the second with stairs down", () => {
  const rooms = corridorLevel.split('ROOM: "ordinary", lit, random, random, random').slice(1);
  expect(rooms.map((room) => room.match(/STAIR: random, \w+/g))).toEqual([
    ["STAIR: random, up"],
    ["STAIR: random, down"],
    null,
  ]);
  expect(corridorLevel).toMatch(/^\nLEVEL: "mylevel"\n[\s\S]*\nRANDOM_CORRIDORS\n$/);
});

test("CorridorBattle-Dark", () => {
  const { map, statements } = partsOf(corridorBattleDarkLevel());
  expect(new Set(map.map((row) => row.length))).toEqual(new Set([34]));
  expect(statements).toEqual([
    'REGION:(0,0,34,5),unlit,"ordinary"',
    "BRANCH:(1,1,3,3),(0,0,0,0)",
    ...["30, 1", "30, 2", "30, 3", "31, 1", "31, 2", "31, 3"].map((at) => `MONSTER:('r',"giant rat"),(${at})`),
    "STAIR:(32, 2),down",
  ]);
});

const tools = [`OBJECT:('/',"cold"),(2, 2),blessed`, `OBJECT:('(',"frost horn"),(2, 2),blessed`];

test("Quest-Easy", () => {
  const { map, statements } = partsOf(questEasyLevel());
  expect(map.map((row) => row[6]).join("")).toBe("-LLLLL-");
  expect(map.length).toBe(7);
  expect(statements).toEqual([
    'REGION:(0,0,28,6),lit,"ordinary"',
    "$left_bank = selection:fillrect (1,1,5,5)",
    "$right_bank = selection:fillrect (7,1,11,5)",
    "$goal_room = selection:fillrect (25,2,27,4)",
    ...tools,
    "MONSTER:random,random",
    "MONSTER:random,random",
    "BRANCH:(2,2,2,2),(0,0,0,0)",
    "STAIR:rndcoord($goal_room),down",
  ]);
});

test("Quest-Medium", () => {
  const { map, statements } = partsOf(questMediumLevel());
  expect(map.map((row) => row[32]).join("")).toBe("-LLL-");
  expect(statements).toEqual([
    'REGION:(0,0,6,6),lit,"ordinary"',
    'REGION:(13,0,36,6),lit,"ordinary"',
    "$goal_room = selection:fillrect (33,1,35,3)",
    ...tools,
    ...["30, 1", "30, 2", "30, 3", "31, 4", "31, 2", "31, 3"].map((at) => `MONSTER:('r',"giant rat"),(${at})`),
    "BRANCH:(2,2,2,2),(0,0,0,0)",
    "STAIR:rndcoord($goal_room),down",
  ]);
});

describe("Boxoban", () => {
  const rows = [
    "##########",
    "#  . .  ##",
    "# $ $  @##",
    "#. $    ##",
    "#  $ .  ##",
    ...Array(5).fill("##########"),
  ] as string[];

  test("boulders and fountains come row by row, the hero starts where the player is", () => {
    const { map, statements } = partsOf(boxobanLevel(rows));
    expect(map.slice(0, 3)).toEqual(["FFFFFFFFFF", "F.......FF", "F.......FF"]);
    expect(statements).toEqual([
      'REGION:(0,0,10,10),lit,"ordinary"',
      ...["2, 2", "4, 2", "3, 3", "3, 4"].map((at) => `OBJECT: "boulder", (${at})`),
      ...["3, 1", "5, 1", "1, 3", "5, 4"].map((at) => `FOUNTAIN: (${at})`),
      "BRANCH:(7,2,7,2),(6,1,6,1)",
    ]);
    expect(boxobanLevel(rows)).toContain("FLAGS:noteleport,premapped\n");
  });

  test.each([
    ["too few rows", rows.slice(1)],
    ["a row too short", ["#########", ...rows.slice(1)]],
    ["another symbol", ["#########*", ...rows.slice(1)]],
    ["no player", rows.map((row) => row.replace("@", " "))],
    ["two players", ["#########@", ...rows.slice(1)]],
  ])("%s is refused", (_, level) => {
    expect(() => boxobanLevel(level)).toThrow(UsageError);
  });
});
