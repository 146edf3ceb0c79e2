import { describe, expect, test } from "vitest";
import { enclosed, seekShelter } from "./shelter.ts";
import { stage } from "./test-scene.ts";

const pickaxe = { wood_pickaxe: 1 };

test("enclosed: walls all around, whatever they are made of; plants and tables are no walls", () => {
  expect(enclosed(stage(["#~#", "T@c", "#!#"]))).toBe(true);
  expect(enclosed(stage(["###", "#@_#", "###"].map((row) => row.padEnd(4, "#"))))).toBe(true);
  expect(enclosed(stage(["###", "#@.", "###"]))).toBe(false);
  expect(enclosed(stage(["###", "t@#", "###"]))).toBe(false);
  expect(enclosed(stage(["###", "p@#", "###"]))).toBe(false);
});

/** Carries out what the player wants on the picture until it is enclosed; returns the number of acts. */
function buildOut(start: readonly string[], stones: number): number {
  const world = start.map((row) => [...row]);
  let facing: 0 | 1 | 2 | 3 = 3;
  let stone = stones;
  const moves = {
    "Move West": [0, -1, 0],
    "Move North": [1, 0, -1],
    "Move East": [2, 1, 0],
    "Move South": [3, 0, 1],
  } as const;
  for (let acts = 0; acts < 40; acts++) {
    const scene = stage(
      world.map((row) => row.join("")),
      { facing, items: { stone, ...pickaxe } },
    );
    if (enclosed(scene)) return acts;
    const action = seekShelter(scene, "sleep")?.action;
    const y = world.findIndex((row) => row.includes("@"));
    const x = world[y]?.indexOf("@") ?? 0;
    const [dx, dy] = [
      [-1, 0],
      [0, -1],
      [1, 0],
      [0, 1],
    ][facing] as [number, number];
    const ahead = world[y + dy]?.[x + dx];
    if (action === "Place Stone" && stone > 0 && ahead === ".") {
      (world[y + dy] as string[])[x + dx] = "#";
      stone--;
    } else if (action === "Do" && ahead === "#") {
      (world[y + dy] as string[])[x + dx] = ".";
      stone++;
    } else {
      const move = moves[action as keyof typeof moves];
      if (move === undefined) return Number.POSITIVE_INFINITY;
      facing = move[0];
      if (world[y + move[2]]?.[x + move[1]] !== ".") continue;
      (world[y] as string[])[x] = ".";
      (world[y + move[2]] as string[])[x + move[1]] = "@";
    }
  }
  return Number.POSITIVE_INFINITY;
}

describe("a shelter can be built", () => {
  const meadow = [".........", ".........", ".........", "....@....", ".........", ".........", "........."];

  test("on open ground with eight stones, and with fewer not at all", () => {
    expect(buildOut(meadow, 8)).toBeLessThan(25);
    expect(seekShelter(stage(meadow, { items: { stone: 5, ...pickaxe } }), "sleep")).toBeNull();
  });

  test("by digging into rock, with no stone to begin with", () => {
    const rock = ["#########", "#########", "#########", "....@....", ".........", ".........", "........."];
    expect(buildOut(rock, 0)).toBeLessThan(12);
  });
});
