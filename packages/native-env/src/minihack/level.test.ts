/** Texts become levels, or errors that say where and why; the same from four Workers at once as alone. */

import { createHash } from "node:crypto";
import { UsageError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { DesBuilder } from "./des-builder.ts";
import { compileLevel, levelDataFile } from "./level.ts";
import {
  boxobanLevel,
  corridorBattleDarkLevel,
  corridorLevel,
  mazeWalkLevel,
  questEasyLevel,
  questMediumLevel,
} from "./levels/index.ts";

const boxobanRows = [
  "##########",
  "#### ...##",
  "####  $.##",
  "#### $  ##",
  "#### $ ###",
  "#  @$  ###",
  "#    #####",
  "#    #####",
  "##########",
  "##########",
];

const texts = {
  Boxoban: boxobanLevel(boxobanRows),
  "MazeWalk-9x9": mazeWalkLevel(9),
  "MazeWalk-15x15": mazeWalkLevel(15),
  "Corridor-R3": corridorLevel,
  "CorridorBattle-Dark": corridorBattleDarkLevel(),
  "Quest-Easy": questEasyLevel(),
  "Quest-Medium": questMediumLevel(),
};

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Compiles each text many times over in a Worker; a hash per text, or several if the bytes were not always the same. */
async function compileInWorker(all: readonly string[], rounds: number): Promise<string[]> {
  const program = `
    import { createHash } from "node:crypto";
    import { compileLevel } from ${JSON.stringify(new URL("./level.ts", import.meta.url).href)};
    const all = ${JSON.stringify(all)};
    const seen = all.map(() => new Set());
    for (let round = 0; round < ${rounds}; round++)
      all.forEach((text, i) => seen[i].add(createHash("sha256").update(compileLevel(text)).digest("hex")));
    postMessage(seen.map((hashes) => [...hashes].join()));
  `;
  const worker = new Worker(URL.createObjectURL(new Blob([program], { type: "text/javascript" })));
  return await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}

/** The error of a text, as `line: problem`. */
function problemOf(text: string): string {
  try {
    compileLevel(text, "my.des");
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    expect(error.code).toBe("usage.bad_level");
    expect(error.message).toContain(`my.des:${error.data.line}: ${error.data.problem}`);
    return `${error.data.line}: ${error.data.problem}`;
  }
  return "none";
}

const geometry = "GEOMETRY:center,center";

function lines(...rest: string[]): string {
  return ['LEVEL: "mylevel"', ...rest].join("\n");
}

describe("a compiled level", () => {
  test("begins with the version the game checks, then the number of its opcodes", () => {
    const view = new DataView(compileLevel(corridorLevel).buffer);
    expect(view.getBigUint64(0, true)).toBe(0x03060600n);
    expect(Number(view.getBigInt64(40, true))).toBeGreaterThan(10);
  });

  test("of Boxoban is about a kilobyte", () => {
    const { byteLength } = compileLevel(texts.Boxoban);
    expect(byteLength).toBeGreaterThan(800);
    expect(byteLength).toBeLessThan(1500);
  });

  test("is the same however often, and whatever failed before", () => {
    for (const text of Object.values(texts)) {
      const first = hash(compileLevel(text));
      expect(problemOf(`${text}\nOBJECT`)).not.toBe("none");
      expect(hash(compileLevel(text))).toBe(first);
    }
  });

  test("is the same from four Workers at once as alone", async () => {
    const all = Object.values(texts);
    const alone = all.map((text) => hash(compileLevel(text)));
    const workers = Array.from({ length: 4 }, () => compileInWorker(all, 50));
    for (const hashes of await Promise.all(workers)) expect(hashes).toEqual(alone);
  });
});

describe("the data library of a level", () => {
  test("holds the dungeon, the level and the quest's texts, as upstream packs them", () => {
    const level = compileLevel(corridorLevel);
    const library = levelDataFile(corridorLevel);
    const directory = Buffer.from(library.subarray(0, 120)).toString("latin1").split("\n");
    expect(directory[0]).toBe(`  1        4       40      120 ${String(library.byteLength).padStart(8)}`);
    const starts = directory.slice(1, 5).map((line) => [line.slice(0, -9), Number(line.slice(-9))] as const);
    expect(starts.map(([name]) => name)).toEqual(["nDirectory", "ndungeon", "nmylevel.lev", "nquest.dat"]);
    const [, dungeon, mylevel, quest] = starts.map(([, start]) => start) as [number, number, number, number];
    expect(dungeon).toBe(120);
    expect(hash(library.subarray(mylevel, quest))).toBe(hash(level));
    expect(Buffer.from(library.subarray(dungeon, mylevel)).toString("latin1")).toContain("mylevel");
  });
});

describe("a text that is no level", () => {
  test.each([
    ["nothing", "", '1: the text does not define the level "mylevel"'],
    ["only comments", "# a\n# b\n", '2: the text does not define the level "mylevel"'],
    ["another name", 'LEVEL: "cave"\n', '1: the level must be called "mylevel", not "cave"'],
    ["two levels", lines('LEVEL: "other"\n'), '2: the text must define the level "mylevel" and no other'],
    ["the same level twice", lines(lines()), "2: a level of this name was defined before"],
    ["an unknown word", lines("FOUNTAINS:random"), '2: syntax error at "FOUNTAINS"'],
    ["an unknown thing", lines("OBJECT:('/',\"warmth\"),random", "", ""), "2: Unknown object ('/', \"warmth\")!"],
    [
      "an unknown monster",
      lines("MONSTER:('r',\"giant mouse\"),random", "", ""),
      "2: Unknown monster ('r', \"giant mouse\")!",
    ],
    ["an unknown kind of room", lines('ROOM: "ballroom", lit, random, random, random {', "}"), "2: Unknown room type"],
    ["an unknown trap", lines('TRAP:"mouse",random'), "2: Unknown trap type 'mouse'!"],
    ["a byte that means nothing", lines("STAIR:(2,2),down", "\u00e9"), "3: byte 0xc3 cannot be used here"],
    ["a NUL byte", lines("\0STAIR:(2,2),down"), "2: byte 0x00 cannot be used here"],
    ["a quotation mark alone", lines('MESSAGE:"hello'), '2: syntax error at """'],
    ["a map with something else in it", lines("MAP", "...", "#.@", "ENDMAP"), "4: a map cannot show '@'"],
    ["a map without an end", lines("MAP", "..."), "2: the map that begins here has no ENDMAP"],
    ["a map that is too wide", lines(geometry, "MAP", ".".repeat(77), "ENDMAP"), "5: Map too large at (77 x 1)"],
    [
      "a map that is too high",
      lines(geometry, "MAP", ...Array(22).fill("."), "ENDMAP"),
      "26: Map too large at (1 x 22)",
    ],
    [
      "a map that is much too large",
      lines("MAP", ...Array(60).fill(".".repeat(76)), "ENDMAP"),
      "54: the map is too large",
    ],
    ["a long name", lines(`$${"a".repeat(300)} = 1`), "2: this name is too long"],
    ["a long text", lines(`MESSAGE:"${"a".repeat(600)}"`), "2: this quoted text is too long"],
    [
      "deep nesting",
      lines(...Array(30).fill("IF[50%]{"), ...Array(30).fill("}")),
      "22: IF: Too deeply nested conditionals.",
    ],
    ["too much of everything", "# long\n".repeat(40_000), "1: the text is too long"],
  ])("%s is an error at its line", (_, text, problem) => {
    expect(problemOf(text).slice(0, problem.length)).toBe(problem);
  });

  test("needs not be large to be too much work", () => {
    expect(problemOf(lines(`$a = { ${Array(60_000).fill("1").join(",")} }`))).toBe("2: the level has too many parts");
  });
});

test("whatever the builder can say is understood", () => {
  const level = new DesBuilder({ map: ["----", "|..|", "|..|", "----"] })
    .object("(", "chest")
    .randomObject([1, 1])
    .door("closed", [0, 1])
    .altar([1, 1])
    .sink([1, 2])
    .gold(10)
    .trap("pit")
    .monster("d", "jackal", "random", "asleep")
    .wallify()
    .start([2, 2]);
  expect(problemOf(level.text())).toBe("none");
});
