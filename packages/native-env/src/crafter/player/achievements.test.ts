import { expect, test } from "vitest";
import { achievementsOf, damage, strikesAfter } from "./achievements.ts";
import { freshKnowledge, freshVitals, type Knowledge } from "./knowledge.ts";
import type { Sight } from "./parse-observation.ts";
import { type Kind, kindId } from "./terrain.ts";

function before(changes: Partial<Knowledge>): Knowledge {
  return { ...freshKnowledge(true), ...changes };
}

function after(changes: Partial<Sight>): Sight {
  const rest = { sightings: [], front: null, blind: false, sleeping: false, dead: false, items: {} };
  return { ...rest, vitals: freshVitals, ...changes };
}

/** Hits the creature in front until the player takes it for beaten. */
function hitsNeeded(kind: Kind, items: Record<string, number>): number {
  let known = before({ front: kindId[kind], items });
  for (let hits = 1; hits < 9; hits++) {
    const strikes = strikesAfter(known, "Do", after({}));
    if (achievementsOf(known, "Do", strikes, after({ items })).length > 0) return hits;
    known = { ...known, strikes };
  }
  return Number.POSITIVE_INFINITY;
}

test("what is gained, made and put down", () => {
  expect(achievementsOf(before({ items: { wood: 1 } }), "Do", 0, after({ items: { wood: 2 } }))).toEqual([
    "collect_wood",
  ]);
  expect(
    achievementsOf(before({ items: { wood: 1 } }), "Make Wood Sword", 0, after({ items: { wood_sword: 1 } })),
  ).toEqual(["make_wood_sword"]);
  expect(achievementsOf(before({ items: { stone: 6 } }), "Place Furnace", 0, after({ items: { stone: 2 } }))).toEqual([
    "place_furnace",
  ]);
  expect(achievementsOf(before({ items: { stone: 6 } }), "Place Stone", 0, after({ items: { stone: 6 } }))).toEqual([]);
});

test("a drink counts although thirst was quenched before", () => {
  expect(achievementsOf(before({ front: kindId.water }), "Do", 0, after({}))).toEqual(["collect_drink"]);
});

test("waking up rested, not being woken", () => {
  const asleep = before({ asleep: true });
  expect(achievementsOf(asleep, "Noop", 0, after({}))).toEqual(["wake_up"]);
  expect(achievementsOf(asleep, "Noop", 0, after({ vitals: { ...freshVitals, energy: 5 } }))).toEqual([]);
});

test("creatures fall after as many hits as their health and the sword say", () => {
  expect([damage({}), damage({ wood_sword: 1 }), damage({ stone_sword: 1 }), damage({ iron_sword: 1 })]).toEqual([
    1, 2, 3, 5,
  ]);
  expect([
    hitsNeeded("zombie", {}),
    hitsNeeded("zombie", { stone_sword: 1 }),
    hitsNeeded("zombie", { iron_sword: 1 }),
  ]).toEqual([5, 2, 1]);
  expect([hitsNeeded("cow", {}), hitsNeeded("skeleton", { wood_sword: 1 })]).toEqual([3, 2]);
});

test("the count of hits ends with the creature", () => {
  const fighting = before({ front: kindId.zombie, strikes: 2 });
  expect(strikesAfter(fighting, "Noop", after({ front: kindId.zombie }))).toBe(2);
  expect(strikesAfter(fighting, "Noop", after({ front: kindId.grass }))).toBe(0);
  expect(strikesAfter(before({ front: kindId.tree, strikes: 2 }), "Do", after({}))).toBe(0);
});
