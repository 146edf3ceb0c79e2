import { neighbour } from "./geometry.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Inventory, Sight } from "./parse-observation.ts";
import { creatures, has, type KindId, kindId } from "./terrain.ts";

const collected = ["coal", "diamond", "iron", "sapling", "stone", "wood"] as const;
const tools = ["wood_pickaxe", "stone_pickaxe", "iron_pickaxe", "wood_sword", "stone_sword", "iron_sword"] as const;
const placed: readonly (readonly [action: string, item: string, achievement: string])[] = [
  ["Place Stone", "stone", "place_stone"],
  ["Place Table", "wood", "place_table"],
  ["Place Furnace", "stone", "place_furnace"],
  ["Place Plant", "sapling", "place_plant"],
];

/** Points of life of what can be hit. */
const toughness = new Map<KindId, number>([
  [kindId.cow, 3],
  [kindId.zombie, 5],
  [kindId.skeleton, 3],
]);
const trophies = new Map<KindId, string>([
  [kindId.cow, "eat_cow"],
  [kindId.zombie, "defeat_zombie"],
  [kindId.skeleton, "defeat_skeleton"],
]);

/** What one hit takes with the best sword carried. */
export function damage(items: Inventory): number {
  if (count(items, "iron_sword") > 0) return 5;
  if (count(items, "stone_sword") > 0) return 3;
  return count(items, "wood_sword") > 0 ? 2 : 1;
}

export function count(items: Inventory, name: string): number {
  return items[name] ?? 0;
}

/** Hits in a row on the creature in front, the action just done included. */
export function strikesAfter(before: Knowledge, action: string, sight: Sight): number {
  if (before.front === null || !has(creatures, before.front)) return 0;
  const hits = before.strikes + (action === "Do" ? 1 : 0);
  return action === "Do" || sight.front === before.front ? hits : 0;
}

/** Achievements that show in the change from one moment to the next. The game does not announce them. */
export function achievementsOf(before: Knowledge, action: string | null, strikes: number, sight: Sight): string[] {
  const names: string[] = [];
  for (const item of collected) if (rose(before, sight, item)) names.push(`collect_${item}`);
  for (const tool of tools) if (rose(before, sight, tool)) names.push(`make_${tool}`);
  for (const [deed, item, achievement] of placed) {
    if (action === deed && count(sight.items, item) < count(before.items, item)) names.push(achievement);
  }
  if (before.asleep && !sight.sleeping && sight.vitals.energy === 9) names.push("wake_up");
  if (action !== "Do" || before.front === null) return names;
  const fed = sight.vitals.food > before.vitals.food;
  if (before.front === kindId.water && !before.asleep) names.push("collect_drink");
  if (before.front === kindId.plant && (fed || ripeAndFull(before))) names.push("eat_plant");
  const trophy = trophies.get(before.front);
  const beaten = strikes * damage(before.items) >= (toughness.get(before.front) ?? Number.POSITIVE_INFINITY);
  if (trophy !== undefined && (beaten || (fed && before.front === kindId.cow))) names.push(trophy);
  return names;
}

/** What an inventory alone proves; with no memory it is all that can be said. */
export function provenBy(items: Inventory): string[] {
  const names: string[] = [];
  for (const item of collected) if (count(items, item) > 0) names.push(`collect_${item}`);
  for (const tool of tools) if (count(items, tool) > 0) names.push(`make_${tool}`, "place_table", "collect_wood");
  if (count(items, "stone_pickaxe") + count(items, "stone_sword") > 0) names.push("collect_stone");
  if (count(items, "iron_pickaxe") + count(items, "iron_sword") > 0) {
    names.push("collect_stone", "collect_coal", "collect_iron", "place_furnace");
  }
  return names;
}

/** A full stomach does not show that a ripe plant was eaten. */
function ripeAndFull(before: Knowledge): boolean {
  const ahead = before.facing === null ? null : neighbour(before.at, before.facing);
  return before.vitals.food === 9 && before.saplings.some(({ cell, grown }) => cell === ahead && grown > 305);
}

function rose(before: Knowledge, sight: Sight, item: string): boolean {
  return count(sight.items, item) > count(before.items, item);
}
