/** The text of levels, against the shapes of spec minihack §3. */

import { UsageError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { DesBuilder } from "./des-builder.ts";

/** What follows the map and its region. */
function footer(level: DesBuilder): string[] {
  return level.text().trimEnd().split("ENDMAP\n")[1]?.split("\n").slice(1) ?? [];
}

function small(): DesBuilder {
  return new DesBuilder({ map: ["..", ".."] });
}

test("a level begins with header, map and region; rows are filled up, the region is one larger than the map", () => {
  expect(new DesBuilder({ map: ["--", "|..."], flags: ["noteleport", "premapped"] }).text()).toBe(`
MAZE: "mylevel", ' '
FLAGS:noteleport,premapped
INIT_MAP: solidfill,' '
GEOMETRY:center,center
MAP
--  
|...
ENDMAP
REGION:(0,0,4,2),lit,"ordinary"
`);
});

test("floors are hard, and other regions can be given", () => {
  const text = new DesBuilder({ map: ["."], regions: [{ area: [1, 2, 3, 4], lit: false }] }).text();
  expect(text).toContain("FLAGS:hardfloor\n");
  expect(text).toContain('ENDMAP\nREGION:(1,2,3,4),unlit,"ordinary"\n');
});

describe("a call adds one line", () => {
  test.each<[string, DesBuilder, string]>([
    ["object", small().object("/", "cold", [2, 2], "blessed"), `OBJECT:('/',"cold"),(2, 2),blessed`],
    ["object anywhere", small().object("(", "frost horn"), `OBJECT:('(',"frost horn"),random`],
    ["random object", small().randomObject([1, 0]), "OBJECT:random,(1, 0)"],
    ["boulder", small().boulder([3, 4]), 'OBJECT: "boulder", (3, 4)'],
    ["monster", small().monster("r", "giant rat", [30, 1]), `MONSTER:('r',"giant rat"),(30, 1)`],
    ["sleeping monster", small().monster("D", "dragon", "random", "asleep"), `MONSTER:('D',"dragon"),random,asleep`],
    ["random monster", small().randomMonster(), "MONSTER:random,random"],
    ["terrain", small().terrain("fillrect", [1, 1, 9, 9], " "), "TERRAIN:fillrect (1,1,9,9),' '"],
    ["stairs", small().stairsDown(), "STAIR:random,down"],
    ["stairs within", small().stairsDown({ within: "goal" }), "STAIR:rndcoord($goal),down"],
    ["selection", small().selection("goal", [25, 2, 27, 4]), "$goal = selection:fillrect (25,2,27,4)"],
    ["start", small().start([5, 1]), "BRANCH:(5,1,5,1),(4,0,4,0)"],
    ["start at the edge", small().start([0, 0]), "BRANCH:(0,0,0,0),(1,1,1,1)"],
    ["start area", small().startWithin([1, 1, 3, 3]), "BRANCH:(1,1,3,3),(0,0,0,0)"],
    ["door", small().door("locked", [0, 1]), "DOOR:locked,(0, 1)"],
    ["altar", small().altar([1, 1]), "ALTAR:(1, 1),random,altar"],
    ["sink", small().sink(), "SINK:random"],
    ["trap", small().trap("pit", [1, 1]), 'TRAP:"pit",(1, 1)'],
    ["fountain", small().fountain([1, 1]), "FOUNTAIN: (1, 1)"],
    ["gold", small().gold(10, [1, 1]), "GOLD: 10,(1, 1)"],
    ["mazewalk", small().mazewalk([5, 5]), "MAZEWALK:(5,5),east"],
    ["wallify", small().wallify(), "WALLIFY"],
    ["anything", small().line("EXIT"), "EXIT"],
  ])("%s", (_, level, line) => {
    expect(footer(level)).toEqual([line]);
  });

  test("in the order of the calls, except for a second start", () => {
    const level = small().sink().start([1, 1]).wallify().startWithin([0, 0, 1, 1]).start([0, 0]).boulder();
    expect(footer(level)).toEqual([
      "SINK:random",
      "BRANCH:(1,1,1,1),(0,0,0,0)",
      "WALLIFY",
      'OBJECT: "boulder", random',
    ]);
  });
});

test.each([
  ["a name with a quotation mark", () => small().monster("r", 'rat" EXIT', "random")],
  ["a name over two lines", () => small().trap("pit\nEXIT")],
  ["no name", () => small().object("(", "")],
  ["a symbol of two characters", () => small().object("((", "chest")],
  ["a symbol no keyboard has", () => small().terrain("rect", [0, 0, 1, 1], "\u2588")],
  ["a selection with a blank", () => small().selection("goal room", [0, 0, 1, 1])],
  ["a place within what cannot be", () => small().sink({ within: "1" })],
])("%s is refused", (_, build) => {
  expect(build).toThrow(UsageError);
});
