import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Notes, readLines } from "../../player/notes.ts";
import { freshKnowledge, type Knowledge, type LevelFacts } from "./knowledge.ts";
import { decode, encode, type Topic } from "./notes.ts";
import { allCells, at } from "./test-scene.ts";

const cell = fc.constantFrom(...allCells);
const cells = fc.uniqueArray(cell, { maxLength: 30 }).map((list) => new Set(list));
const count = fc.nat(5000);
const counts = fc
  .uniqueArray(fc.tuple(cell, count), { maxLength: 6, selector: ([place]) => place })
  .map((e) => new Map(e));
const level: fc.Arbitrary<LevelFacts> = fc.record({
  walked: cells,
  down: cells,
  up: cells,
  doors: cells,
  holes: cells,
  searched: counts,
  locked: counts,
  blocked: fc.uniqueArray(fc.tuple(cell, cells), { maxLength: 4, selector: ([place]) => place }).map((e) => new Map(e)),
  dropped: counts,
  shunned: counts,
  peaceful: fc.subarray(["gnome lord", "dwarf"]).map((names) => new Set(names)),
  shop: fc.option(cell),
  branch: fc.constantFrom("", "Dungeons of Doom", "Gnomish Mines"),
  since: count,
  arrival: fc.option(cell),
});
const known: fc.Arbitrary<Knowledge> = fc.record({
  step: count,
  turn: count,
  depth: fc.integer({ min: 1, max: 50 }),
  at: fc.option(cell),
  level,
  plan: fc.option(
    fc.record({
      action: fc.constantFrom("kick", "far north", "2"),
      answers: fc.subarray(["0", "search", "north"]),
      goal: fc.constantFrom("explore", "kick the door", "fight the newt"),
      cell: fc.option(cell),
      since: count,
    }),
  ),
  prayed: fc.constant(null),
  unheard: fc.constant(false),
  idle: fc.nat(200),
  left: fc.constantFrom(new Map([[1, "stairs down 3,4; stairs up unknown"]]), new Map()),
  layouts: fc
    .uniqueArray(fc.tuple(cell, fc.record({ down: cells, holes: cells, ground: cells })), {
      maxLength: 3,
      selector: ([place]) => place,
    })
    .map((entries) => new Map(entries)),
  self: fc.constantFrom("", "female gnomish Wizard"),
});

function asText(notes: Notes<Topic>): string {
  return [...notes.state, ...notes.map].map(([key, value]) => `${key}: ${value}`).join("\n");
}

describe("notes", () => {
  test("what was written is read back as it was", () => {
    fc.assert(
      fc.property(known, (before) => {
        expect(decode(readLines(asText(encode(before))))).toEqual(before);
      }),
    );
  });

  test("prayers too", () => {
    for (const unheard of [false, true]) {
      const prayer = { ...freshKnowledge(3, 900), step: 4, prayed: 812, unheard };
      expect(decode(readLines(asText(encode(prayer))))).toEqual(prayer);
    }
  });

  test("without the step there is nothing to go by; damaged lines are left out", () => {
    expect(decode(readLines("plan: none\nwalked 5: 1-4"))).toBeNull();
    const damaged =
      "now: step 4, turn 9, Dlvl 2, at 20,7, 0 actions without time\nwalked 99: 1-4\nlocked 500,2: kicked 1";
    expect(decode(readLines(damaged))).toMatchObject({ step: 4, at: at(10, 2), level: { walked: new Set() } });
  });
});
