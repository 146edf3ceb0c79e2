import type { Instruction } from "@metamem/core";

/** What a player is told, in our own words; the facts are those of the benchmark's prompt (spec crafter §11.5). */
export const crafterInstruction: Instruction = {
  role: "You play Crafter, a survival game on a grid seen from above.",
  goal: `Earn as many of the 22 achievements as you can before you die or the steps run out. Each one counts once, and all count the same:
gather wood, stone, coal, iron, diamond, a sapling and a drink of water;
place a stone, a table, a furnace and a plant;
make a pickaxe and a sword of wood, of stone and of iron (six achievements);
eat a cow, eat a ripe plant, defeat a zombie, defeat a skeleton;
and wake up rested after sleeping.
Health, food, drink and energy go from 0 to 9. Food, drink and energy fall with time; while one of them is empty health falls too, and at health 0 you die.`,
  observationGuide: `The observation lists, for each kind of thing in view, the nearest one and how many steps away it is: "3 steps to your north-west" means three steps in all, some north and some west. It then names what you face, which is what Do and the Place actions work on. A list of vitals and of what you carry follows.
You see four cells to the west and east and three to the north and south. At the west and north edges of the world the list may be empty although something is there.
While you sleep your actions are ignored until your energy is full or something hurts you.`,
};
