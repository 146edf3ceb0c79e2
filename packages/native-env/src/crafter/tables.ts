/** Names by id, the same as in native/crafter/tables.cc (tables.test.ts compares them). Spec crafter §4. */

/** What a cell can show: materials, then object classes. Id 0 lies outside the map. */
export const semanticNames = [
  "None",
  "water",
  "grass",
  "stone",
  "path",
  "sand",
  "tree",
  "lava",
  "coal",
  "iron",
  "diamond",
  "table",
  "furnace",
  "player",
  "cow",
  "zombie",
  "skeleton",
  "arrow",
  "plant",
] as const;

export type SemanticName = (typeof semanticNames)[number];

/** Id of the first object class. */
export const playerId = 13;

/** Object classes as recordings name them, in the order of their ids. */
export const objectClasses = ["Player", "Cow", "Zombie", "Skeleton", "Arrow", "Plant"] as const;

export const vitalNames = ["health", "food", "drink", "energy"] as const;
export type VitalName = (typeof vitalNames)[number];

export const inventoryNames = [
  "sapling",
  "wood",
  "stone",
  "coal",
  "iron",
  "diamond",
  "wood_pickaxe",
  "stone_pickaxe",
  "iron_pickaxe",
  "wood_sword",
  "stone_sword",
  "iron_sword",
] as const;

/** In the order of display. */
export const itemNames = [...vitalNames, ...inventoryNames] as const;

/** No item and no vital goes above this. */
export const maxItem = 9;

export const achievementNames = [
  "collect_coal",
  "collect_diamond",
  "collect_drink",
  "collect_iron",
  "collect_sapling",
  "collect_stone",
  "collect_wood",
  "defeat_skeleton",
  "defeat_zombie",
  "eat_cow",
  "eat_plant",
  "make_iron_pickaxe",
  "make_iron_sword",
  "make_stone_pickaxe",
  "make_stone_sword",
  "make_wood_pickaxe",
  "make_wood_sword",
  "place_furnace",
  "place_plant",
  "place_stone",
  "place_table",
  "wake_up",
] as const;
