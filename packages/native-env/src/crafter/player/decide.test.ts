import { describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import { cellAt } from "./geometry.ts";
import { stage } from "./test-scene.ts";

const [north, east] = [1, 2] as const;
const settled = new Map(
  ["collect_drink", "eat_cow", "collect_sapling", "place_plant", "place_stone", "place_furnace", "wake_up"].map(
    (name) => [name, 0] as const,
  ),
);
const tools = { wood_pickaxe: 1, stone_pickaxe: 1, wood_sword: 1, stone_sword: 1 };

describe("danger", () => {
  test("hits the zombie in front, turns to one beside", () => {
    expect(decide(stage(["@Z"], { facing: east }))).toMatchObject({ action: "Do", goal: "fight the zombie" });
    expect(decide(stage(["@Z"])).action).toBe("Move East");
  });

  test("never steps where lava may be", () => {
    for (const amnesia of [false, true]) {
      for (const picture of [
        ["!@!", ".T."],
        ["!!!", "!@.", "!!!"],
        ["_!_", "_@!", "_!_"],
        [".!.", "!@!", ".!."],
      ]) {
        const { action } = decide(stage(picture, { amnesia, known: { done: settled } }));
        const cells = { "Move West": [-1, 0], "Move East": [1, 0], "Move North": [0, -1], "Move South": [0, 1] };
        const move = cells[action as keyof typeof cells];
        const row = picture.findIndex((line) => line.includes("@"));
        const column = picture[row]?.indexOf("@") ?? 0;
        const target = move === undefined ? "." : picture[row + (move[1] ?? 0)]?.[column + (move[0] ?? 0)];
        expect(target, `${picture} ${action}`).not.toBe("!");
      }
    }
  });

  test("badly hurt, it closes the way into its tunnel and rests", () => {
    const tunnel = ["#####", "#_@_.", "#####"];
    const hurt = { items: { stone: 3, ...tools }, vitals: { health: 3 } };
    expect(decide(stage(tunnel, { ...hurt, facing: east })).action).toBe("Place Stone");
    expect(decide(stage(["#####", "#_@##", "#####"], { ...hurt, facing: east }))).toMatchObject({
      goal: "recover",
      action: "Noop",
    });
  });
});

describe("needs", () => {
  test("thirsty, it walks to the water and drinks", () => {
    expect(decide(stage(["@..~"], { vitals: { drink: 3 } })).action).toBe("Move East");
    expect(decide(stage(["@~"], { facing: east, vitals: { drink: 3 } }))).toMatchObject({
      action: "Do",
      goal: "drink",
    });
  });

  test("hungry, it goes back to where it saw cows", () => {
    const decision = decide(stage(["@"], { vitals: { food: 2 }, known: { done: settled, cow: cellAt(10, 0) } }));
    expect(decision).toMatchObject({ action: "Move East", goal: "look for cows" });
  });

  test("asleep there is nothing to decide", () => {
    const scene = stage(["@Z"]);
    expect(decide(Object.assign(scene, { sight: { ...scene.sight, sleeping: true } })).action).toBe("Noop");
  });
});

describe("progress", () => {
  test("wood, then a table, then the pickaxe", () => {
    const done = { known: { done: settled } };
    expect(decide(stage(["@T"], { ...done, facing: east }))).toMatchObject({ action: "Do", goal: "collect wood" });
    expect(decide(stage(["@"], { ...done, items: { wood: 4 } })).action).toBe("Place Table");
    expect(decide(stage(["@t"], { ...done, items: { wood: 1 } })).action).toBe("Make Wood Pickaxe");
    expect(decide(stage(["@."], { ...done, items: { wood: 1, wood_pickaxe: 1 } })).action).not.toMatch(/^Make/);
  });

  test("digs to the iron it remembers, and not without the tool", () => {
    const picture = ["####", "@##i", "####"];
    const items = { wood: 3, stone: 9, coal: 2, ...tools };
    expect(decide(stage(picture, { facing: east, items, known: { done: settled } }))).toMatchObject({
      action: "Do",
      goal: "collect iron",
    });
    const poor = decide(stage(["i@T"], { facing: 0, known: { done: settled } }));
    expect(poor).toMatchObject({ action: "Move East", goal: "collect wood" });
  });

  test("iron tools need table and furnace nearby at once", () => {
    const items = { wood: 1, coal: 1, iron: 1, stone: 5, ...tools };
    expect(decide(stage(["t@f"], { items, known: { done: settled } })).action).toBe("Make Iron Pickaxe");
    expect(decide(stage(["t@."], { items, facing: east, known: { done: settled } })).action).toBe("Place Furnace");
  });

  test("a sapling that fell is replaced where it can be fenced in, and the fence is closed", () => {
    const items = { stone: 9, iron_pickaxe: 1, sapling: 1, ...tools };
    const done = new Map([...settled, ["defeat_zombie", 1], ["defeat_skeleton", 1]] as const);
    const plant = { cell: cellAt(0, -1), grown: 3 };
    const fenced = stage(["...", ".p.", ".@."], { items, facing: north, known: { done, saplings: [plant] } });
    expect(decide(fenced).goal).toBe("fence in the plant");
    expect(decide(stage(["."], { items, known: { done } })).goal).toBe("place a plant");
  });
});
