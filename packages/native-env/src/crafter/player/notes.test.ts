import fc from "fast-check";
import { expect, test } from "vitest";
import { type Notes, readLines } from "../../player/notes.ts";
import { cellAt, cellCount, type Direction } from "./geometry.ts";
import { freshKnowledge, type Knowledge } from "./knowledge.ts";
import { decode, encode, type Topic } from "./notes.ts";
import { creatures, has, kindId, kinds } from "./terrain.ts";

const cell = fc.nat(cellCount - 1);
const level = fc.nat(9);
const mapKinds = kinds.map((_, id) => id).filter((id) => !has(creatures, id));
const knowledge: fc.Arbitrary<Knowledge> = fc.record({
  step: fc.nat(5000),
  located: fc.boolean(),
  at: cell,
  facing: fc.option(fc.integer({ min: 0, max: 3 }) as fc.Arbitrary<Direction>),
  front: fc.option(fc.nat(kindId.arrow)),
  strikes: fc.nat(6),
  vitals: fc.record({ health: level, food: level, drink: level, energy: level }),
  asleep: fc.boolean(),
  items: fc.dictionary(fc.constantFrom("wood", "stone", "stone_pickaxe"), fc.integer({ min: 1, max: 9 }), {
    noNullPrototype: true,
  }),
  grid: fc.array(fc.tuple(cell, fc.constantFrom(...mapKinds)), { maxLength: 300 }).map((painted) => {
    const grid = new Uint8Array(cellCount).fill(kindId.unseen);
    for (const [at, kind] of painted) grid[at] = kind;
    return grid;
  }),
  done: fc
    .uniqueArray(fc.constantFrom("collect_wood", "eat_cow", "wake_up"))
    .map((names) => new Map(names.map((name, i) => [name, i]))),
  goal: fc.option(
    fc.record({
      name: fc.constantFrom("collect iron", "wait for the day"),
      cell: fc.option(cell),
      since: fc.nat(5000),
    }),
  ),
  saplings: fc.uniqueArray(fc.record({ cell, grown: fc.nat(400) }), { selector: (plant) => plant.cell, maxLength: 3 }),
  cow: fc.option(cell),
  shunned: fc.uniqueArray(cell, { maxLength: 3 }).map((cells) => new Map(cells.map((at) => [at, at + 7]))),
});

function asText(notes: Notes<Topic>): string {
  return Object.values(notes)
    .map((lines) => [...lines].map(([key, value]) => `${key}: ${value}`).join("\n"))
    .join("\n\n");
}

test("reading the notes back gives the same knowledge", () => {
  fc.assert(
    fc.property(knowledge, (known) => {
      expect(decode(readLines(asText(encode(known))))).toEqual(known);
    }),
  );
});

test("notes are found among result headers, in results of SEARCH, and the last line of a key wins", () => {
  const known = { ...freshKnowledge(true), step: 12, at: cellAt(3, -4) };
  const position = encode(known).state.get("position");
  const shown = `[READ strategy.txt] 2 lines\nposition: 0,0 facing south, nothing in front, step 3\n\n[SEARCH *|position] 1 matching line\nstrategy.txt:1: position: ${position}`;
  expect(decode(readLines(shown))).toMatchObject({ step: 12, at: cellAt(3, -4), facing: 3 });
});

test("without a position there is nothing to go by; damaged lines are skipped", () => {
  expect(decode(readLines("row +01: -3 ..T\ngoal: none"))).toBeNull();
  const damaged =
    "position: 1,1 facing west, tree in front, step 9\nrow +99: 0 ....\nrow +01: x ..\nplant 77,0: grown for 3 steps\nrow +02: -1 .T[... 5120 bytes cut]";
  const known = decode(readLines(damaged));
  expect(known?.saplings).toEqual([]);
  expect([known?.grid[cellAt(-1, 2)], known?.grid[cellAt(0, 2)]]).toEqual([kindId.grass, kindId.tree]);
  expect([...(known?.grid ?? [])].filter((kind) => kind !== kindId.unseen)).toHaveLength(2);
});

test("the map is a picture: rows from north to south, all beginning at the same column", () => {
  const known = { ...freshKnowledge(true), step: 0 };
  known.grid[cellAt(-2, 0)] = kindId.water;
  known.grid[cellAt(1, 1)] = kindId.tree;
  const rows = [...encode(known).map].filter(([key]) => key.startsWith("row"));
  expect(rows).toEqual([
    ["row +00", "-2 ~"],
    ["row +01", "-2 '''T"],
  ]);
});
