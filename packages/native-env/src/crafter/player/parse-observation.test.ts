import { expect, test } from "vitest";
import { holdsSight, parseSight } from "./parse-observation.ts";
import { kindId } from "./terrain.ts";

const morning = `You see:
- grass 1 step to your west
- tree 6 steps to your south-west
- cow 3 steps to your north-east

You face grass at your front.

Your status:
- health: 9/9
- food: 8/9
- drink: 7/9
- energy: 6/9

Your inventory:
- wood: 5
- wood_pickaxe: 1`;

test("sightings, front, vitals and inventory", () => {
  const sight = parseSight(morning);
  expect(sight.sightings).toEqual([
    { kind: kindId.grass, distance: 1, dx: -1, dy: 0 },
    { kind: kindId.tree, distance: 6, dx: -1, dy: 1 },
    { kind: kindId.cow, distance: 3, dx: 1, dy: -1 },
  ]);
  expect(sight.front).toBe(kindId.grass);
  expect(sight.vitals).toEqual({ health: 9, food: 8, drink: 7, energy: 6 });
  expect(sight.items).toEqual({ wood: 5, wood_pickaxe: 1 });
  expect([sight.sleeping, sight.dead, sight.blind]).toEqual([false, false, false]);
});

test("sleeping, dead, nothing shown near the edge", () => {
  expect(parseSight("You are sleeping, and will not be able take actions until energy is full.").sleeping).toBe(true);
  expect(parseSight("You died.\n\n\n\nYou see:\n- grass 1 step to your west").dead).toBe(true);
  const edge = parseSight("You see nothing away from you.\n\nYou face nothing at your front.");
  expect([edge.blind, edge.front]).toEqual([true, null]);
});

test("what surrounds the observation in a prompt is not taken for it", () => {
  const prompt = `Your latest actions and what they did:
- step 3: Do -> wood 1 -> 2
Memory files:
- map_notes.txt (3 lines, 20 bytes): where things are

${morning}`;
  expect(parseSight(prompt)).toEqual(parseSight(morning));
  expect([holdsSight(prompt), holdsSight("Step 3 of 10.")]).toEqual([true, false]);
});
