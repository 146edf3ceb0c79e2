import type { Effect, Observation } from "@metamem/core";
import { Findings } from "../findings.ts";
import { crafterActions, noop } from "./actions.ts";
import type { CrafterFeatures } from "./features.ts";
import { inventoryNames, type VitalName, vitalNames } from "./tables.ts";

/** What a Do strikes although nothing of it shows until it falls. */
const creatures = new Set(["cow", "zombie", "skeleton"]);
/** What stands on a cell without belonging to it: it comes and goes by itself. */
const passing = new Set([...creatures, "arrow"]);
const directionOf = new Map(crafterActions.map(({ name, direction }) => [name, direction]));
const directionWords = new Map([
  ["-1,0", "west"],
  ["1,0", "east"],
  ["0,-1", "north"],
  ["0,1", "south"],
]);

/**
 * What an action did to the player and the cell in front. Creatures walking about and vitals falling with time are no
 * change; losing health is. Spec automem §7.3.
 */
export function crafterEffect(before: Observation, action: string, after: Observation): Effect {
  const [was, is] = [before.features as CrafterFeatures, after.features as CrafterFeatures];
  const found = new Findings();
  const asleep = was.sleeping && is.sleeping;
  if (asleep) found.add("asleep", "still asleep, the action was ignored", false);
  else if (was.sleeping) found.add("woke", "woke up", true);
  else if (is.sleeping) found.add("fell-asleep", "fell asleep", true);
  if (!asleep) compareMove(found, was, action, is);
  if (!asleep && !isMove(action)) compareFront(found, was, action, is);
  compareInventory(found, was, is);
  compareVitals(found, was, action, is);
  if (is.dead && !was.dead) found.add("died", "died", true);
  const summary = found.clauses.length === 0 ? emptySummary(was, action) : found.clauses.join("; ");
  return { changed: found.changed, intended: isIntended(was, action), flags: found.flags, summary };
}

function isMove(action: string): boolean {
  return directionOf.get(action) !== undefined;
}

/** Waiting and sleeping are not meant to change what is seen, and a sleeper cannot act. */
function isIntended(was: CrafterFeatures, action: string): boolean {
  return action !== noop && action !== "Sleep" && !was.sleeping;
}

function compareMove(found: Findings, was: CrafterFeatures, action: string, is: CrafterFeatures): void {
  const [dx, dy] = [is.position.x - was.position.x, is.position.y - was.position.y];
  const turned = is.facing.x !== was.facing.x || is.facing.y !== was.facing.y;
  const direction = directionWords.get(`${is.facing.x},${is.facing.y}`) ?? "";
  if (dx !== 0 || dy !== 0) found.add("moved", `moved one step ${direction}`, true);
  else if (turned) found.add("turned", `turned ${direction}, did not move: ${is.facing.sees} is there`, true);
  else if (isMove(action)) found.add("blocked", `did not move: ${is.facing.sees} is in the way`, false);
}

/** A player who stays and looks the same way: did the cell in front change? */
function compareFront(found: Findings, was: CrafterFeatures, action: string, is: CrafterFeatures): void {
  const [saw, sees] = [was.facing.sees, is.facing.sees];
  if (action === "Do" && creatures.has(saw)) found.add("struck", `struck the ${saw}`, true);
  if (saw === sees || passing.has(saw) || passing.has(sees)) return;
  found.add("front", `in front: ${saw} -> ${sees}`, true);
}

function compareInventory(found: Findings, was: CrafterFeatures, is: CrafterFeatures): void {
  for (const name of inventoryNames) {
    const [had, has] = [was.inventory[name] ?? 0, is.inventory[name] ?? 0];
    if (had !== has) found.add(`inventory:${name}`, `${name} ${had} -> ${has}`, true);
  }
}

/** A vital that rises under Do rose by eating or drinking; otherwise rises and falls are time's, except lost health. */
function compareVitals(found: Findings, was: CrafterFeatures, action: string, is: CrafterFeatures): void {
  for (const name of vitalNames) {
    const [had, has] = [was.vitals[name], is.vitals[name]];
    if (had === has) continue;
    const flag = `${name}-${has > had ? "gained" : "lost"}`;
    found.add(flag, `${name} ${had} -> ${has}`, counts(name, has - had, action));
  }
}

function counts(name: VitalName, change: number, action: string): boolean {
  if (name === "health") return change < 0;
  return change > 0 && action === "Do" && (name === "food" || name === "drink");
}

function emptySummary(was: CrafterFeatures, action: string): string {
  if (action === noop) return "nothing happened";
  if (action === "Do" && was.facing.sees === "grass") return "no sapling this time (about one try in ten gives one)";
  return `nothing changed (facing ${was.facing.sees})`;
}
