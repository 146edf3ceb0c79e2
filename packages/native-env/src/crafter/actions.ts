import type { ActionSpec } from "@metamem/core";

/** An action, and the name the reference's own environment has for it. */
interface CrafterAction extends ActionSpec {
  readonly referenceName: string;
}

function move(name: string, referenceName: string, direction: readonly [number, number], word: string): CrafterAction {
  return { name, referenceName, direction, description: `turn ${word}, and step there when the way is free` };
}

/** In the order of the environment's action indexes (spec crafter §4.2). */
export const crafterActions: readonly CrafterAction[] = [
  { name: "Noop", referenceName: "noop", description: "let one step pass" },
  move("Move West", "move_left", [-1, 0], "west"),
  move("Move East", "move_right", [1, 0], "east"),
  move("Move North", "move_up", [0, -1], "north"),
  move("Move South", "move_down", [0, 1], "south"),
  {
    name: "Do",
    referenceName: "do",
    description: "work on what is in front: gather, drink, eat a ripe plant, or hit a creature",
  },
  { name: "Sleep", referenceName: "sleep", description: "fall asleep, if energy is below its maximum" },
  { name: "Place Stone", referenceName: "place_stone", description: "put a stone on the cell in front; uses 1 stone" },
  { name: "Place Table", referenceName: "place_table", description: "build a table in front; uses wood" },
  { name: "Place Furnace", referenceName: "place_furnace", description: "build a furnace in front; uses stone" },
  { name: "Place Plant", referenceName: "place_plant", description: "plant a sapling on grass in front" },
  {
    name: "Make Wood Pickaxe",
    referenceName: "make_wood_pickaxe",
    description: "needs a table close by; uses wood",
  },
  {
    name: "Make Stone Pickaxe",
    referenceName: "make_stone_pickaxe",
    description: "needs a table close by; uses wood and stone",
  },
  {
    name: "Make Iron Pickaxe",
    referenceName: "make_iron_pickaxe",
    description: "needs a table and a furnace close by; uses wood, coal and iron",
  },
  { name: "Make Wood Sword", referenceName: "make_wood_sword", description: "needs a table close by; uses wood" },
  {
    name: "Make Stone Sword",
    referenceName: "make_stone_sword",
    description: "needs a table close by; uses wood and stone",
  },
  {
    name: "Make Iron Sword",
    referenceName: "make_iron_sword",
    description: "needs a table and a furnace close by; uses wood, coal and iron",
  },
];

/** The action list of a task: what the contract names, nothing else. */
export const actionSpecs: readonly ActionSpec[] = crafterActions.map(({ name, description, direction }) =>
  direction === undefined ? { name, description } : { name, description, direction },
);

export const noop = "Noop";

/** Index of each listed name. */
export const actionIndex: ReadonlyMap<string, number> = new Map(crafterActions.map(({ name }, index) => [name, index]));
