import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleRows, sampleText } from "./fixtures.ts";
import { cells, packedNumber, packedRows, recordBytes } from "./level.ts";
import { packFile } from "./text-format.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const pack = (text: string) => packFile("hard/000.txt", bytes(text));

/** Any level the format allows, connected or not. */
const rowsArbitrary = fc
  .tuple(
    fc.uniqueArray(fc.nat(cells - 1), { minLength: 9, maxLength: 9 }),
    fc.array(fc.boolean(), { minLength: cells, maxLength: cells }),
  )
  .map(([things, walls]) => {
    const symbols = walls.map((wall): string => (wall ? "#" : " "));
    for (const [at, cell] of things.entries()) symbols[cell] = at < 4 ? "$" : at < 8 ? "." : "@";
    return Array.from({ length: 10 }, (_, y) => symbols.slice(10 * y, 10 * y + 10).join(""));
  });

describe("the published text format", () => {
  test("every level comes back from its record as it was written", () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.nat(65_535), (rows, number) => {
        const record = pack(`; ${number}\n${rows.join("\n")}\n\n`);
        expect(record).toHaveLength(recordBytes);
        expect(packedRows(record)).toEqual(rows);
        expect(packedNumber(record)).toBe(number);
      }),
    );
  });

  test("keeps the order of a file", () => {
    const records = pack(sampleText(7, 3));
    const rows = [0, 1, 2].map((at) => packedRows(records.subarray(at * recordBytes, (at + 1) * recordBytes)));
    expect(rows).toEqual([sampleRows(7), sampleRows(8), sampleRows(9)]);
  });

  const good = sampleText(0, 2);
  const edit = (from: string, to: string) => good.replace(from, () => to);
  const secondEdit = (from: string, to: string) => {
    const at = good.lastIndexOf(from);
    return good.slice(0, at) + to + good.slice(at + from.length);
  };

  test.each<[string, string, string]>([
    ["a short row", edit("#$$$$    #", "#$$$$   #"), "hard/000.txt level 0 line 3: the row has 9 symbols, not 10"],
    ["a long row", edit("#$$$$    #", "#$$$$     #"), "level 0 line 3: the row has more than 10 symbols"],
    ["Windows line ends", good.replaceAll("\n", "\r\n"), "hard/000.txt line 1: '; <number>'"],
    ["three boxes", secondEdit("$$$$", "$$$ "), "level 1 line 23: 3 boxes, 4 goals and 1 players"],
    ["five goals", edit("....", "....."), "level 0 line 4: the row has more"],
    ["no player", edit("@", " "), "4 boxes, 4 goals and 0 players"],
    ["a box on a goal", edit("$", "*"), "level 0 line 3: unknown symbol '*' in column 2"],
    ["a tab", secondEdit("@", "\t"), "level 1 line 17: unknown symbol with code 9"],
    ["no number", edit("; 0", ";"), "line 1: '; <number>' up to 65535 must begin a level"],
    ["a large number", edit("; 0", "; 65536"), "line 1: '; <number>'"],
    ["eleven rows", edit("##########\n\n", "##########\n##########\n\n"), "level 0 line 12: an empty line must follow"],
    ["no empty line at the end", good.slice(0, -1), "level 1 line 24: the file ends within a level"],
    ["half a level", good.slice(0, 200), "level 1 line 21: the row has 4 symbols"],
    ["nothing", "", "hard/000.txt line 1: the file is empty"],
    ["something else", "x".repeat(100_000), "line 1: the file ends within a level"],
  ])("%s is refused with file, level and line", (_name, text, message) => {
    expect(() => pack(text)).toThrow(message);
  });
});
