import type { Effect, Observation } from "@metamem/core";
import { Findings } from "../findings.ts";
import { actionByName } from "./actions.ts";
import { burdens, hungerStates, type Neighbour, type NethackFeatures } from "./features.ts";
import { messageClass } from "./messages.ts";

/** Before a direction, these wait for it without a word. */
const prefixes = new Set(["fight", "move", "movefar", "rush", "rush2"]);
/** Meant to tell something, to pass time, or to leave a page: not to change the world. */
const idle = new Set(
  "wait search look more esc space inventory inventtype attributes versionshort seeamulet seearmor seegold seerings seespells seetools seetrap seeweapon shell call adjust".split(
    " ",
  ),
);
/** What comes and goes by itself. */
const passing = new Set(["creature", "pet", "effect"]);
const shownMessage = 100;

/**
 * What an action did to the hero, to what is carried, and to the cells around; what the game said about it counts when it tells of an outcome. The
 * turn counter, creatures walking about, healing and hunger with time are no change. Spec automem §7.3.
 */
export function nethackEffect(before: Observation, action: string, after: Observation): Effect {
  const [was, is] = [before.features as NethackFeatures, after.features as NethackFeatures];
  const found = new Findings();
  if (is.over) return { changed: true, intended: true, flags: ["over"], summary: "the game is over" };
  compareLevel(found, was, is);
  comparePlace(found, was, action, is);
  comparePrompt(found, was, is);
  compareBody(found, was, is);
  compareBelongings(found, was, is);
  compareSurroundings(found, was, is);
  // Without time or an answer the screen may still show the message of before.
  const timeless = after.turn === before.turn;
  if (!timeless || is.message !== was.message) hearMessage(found, was, is);
  if (timeless) found.add("no-time", "no game time passed", false);
  const summary = found.clauses.length === 0 ? emptySummary(action) : found.clauses.join("; ");
  return { changed: found.changed, intended: isIntended(was, action), flags: found.flags, summary };
}

/** An answer is always meant to do something; so is every command that is not just for looking or waiting. */
function isIntended(was: NethackFeatures, action: string): boolean {
  if (was.prompt === "question" || was.prompt === "text") return true;
  return !idle.has(action) && !prefixes.has(action) && !/^[0-9]$/.test(action);
}

function emptySummary(action: string): string {
  if (prefixes.has(action)) return "a direction must follow";
  return action === "search" ? "found nothing" : "nothing changed";
}

function compareLevel(found: Findings, was: NethackFeatures, is: NethackFeatures): void {
  const [from, to] = [was.level, is.level];
  if (from.dungeon === to.dungeon && from.number === to.number) return;
  found.add("level", `dungeon level ${from.depth} -> ${to.depth}`, true);
}

function comparePlace(found: Findings, was: NethackFeatures, action: string, is: NethackFeatures): void {
  if (found.flags.includes("level")) return;
  const [dx, dy] = [is.position.x - was.position.x, is.position.y - was.position.y];
  if (dx !== 0 || dy !== 0) {
    found.add("moved", `moved ${way(dx, dy)}`, true);
    return;
  }
  const isMove = was.prompt === "none" && actionByName.get(action)?.direction !== undefined;
  if (!isMove || is.prompt !== "none") return;
  const { name, kind } = was.around[action.replace("far ", "") as Neighbour];
  // A blow or a door that opens is no failed step.
  const acted = passing.has(kind) || messageClass(is.message) === "outcome";
  if (!acted) found.add("blocked", `did not move (${name} there)`, false);
}

/** `3 east`, `1 north and 2 west`. */
function way(dx: number, dy: number): string {
  const parts: string[] = [];
  if (dy !== 0) parts.push(`${Math.abs(dy)} ${dy < 0 ? "north" : "south"}`);
  if (dx !== 0) parts.push(`${Math.abs(dx)} ${dx < 0 ? "west" : "east"}`);
  return parts.join(" and ");
}

function comparePrompt(found: Findings, was: NethackFeatures, is: NethackFeatures): void {
  if (is.prompt !== "none" && (was.prompt !== is.prompt || was.message !== is.message)) {
    found.add("asked", is.prompt === "page" ? "a page is shown" : "the game asks", true);
  } else if (was.prompt !== "none" && is.prompt === "none") found.add("answered", "", true);
}

/** Health, energy, experience, hunger, ailments. Losses of health and gains of experience are nobody's doing but the moment's. */
function compareBody(found: Findings, was: NethackFeatures, is: NethackFeatures): void {
  if (was.hp.now !== is.hp.now) {
    const lost = is.hp.now < was.hp.now;
    found.add(lost ? "health-lost" : "health-gained", `HP ${was.hp.now} -> ${is.hp.now}`, lost);
  }
  if (is.energy.now < was.energy.now) found.add("energy-spent", `Pw ${was.energy.now} -> ${is.energy.now}`, true);
  if (was.experience.level !== is.experience.level)
    found.add("experience-level", `experience level ${was.experience.level} -> ${is.experience.level}`, true);
  else if (was.experience.points !== is.experience.points)
    found.add("experience", `experience ${was.experience.points} -> ${is.experience.points}`, true);
  if (was.armorClass !== is.armorClass) found.add("armor", `AC ${was.armorClass} -> ${is.armorClass}`, true);
  if (was.hunger !== is.hunger) {
    const fed = hungerStates.indexOf(is.hunger) < hungerStates.indexOf(was.hunger);
    found.add(fed ? "fed" : "hungrier", `${was.hunger} -> ${is.hunger}`, fed);
  }
  compareConditions(found, was.conditions, is.conditions);
}

function compareConditions(found: Findings, was: readonly string[], is: readonly string[]): void {
  for (const name of is) if (!was.includes(name)) found.add("condition", `now ${name}`, true);
  for (const name of was) if (!is.includes(name)) found.add("condition-over", `no longer ${name}`, true);
}

function compareBelongings(found: Findings, was: NethackFeatures, is: NethackFeatures): void {
  if (was.gold !== is.gold) found.add("gold", `gold ${was.gold} -> ${is.gold}`, true);
  const gained = [...is.inventory].filter((letter) => letter !== "$" && !was.inventory.includes(letter));
  const lost = [...was.inventory].filter((letter) => letter !== "$" && !is.inventory.includes(letter));
  if (gained.length > 0) found.add("inventory-gained", `new in the inventory: ${gained.join(", ")}`, true);
  if (lost.length > 0) found.add("inventory-lost", `gone from the inventory: ${lost.join(", ")}`, true);
  if (was.burden !== is.burden) {
    const lighter = burdens.indexOf(is.burden) < burdens.indexOf(was.burden);
    found.add(lighter ? "lighter" : "heavier", `${was.burden} -> ${is.burden}`, true);
  }
}

/** A hero who stays: did a door, a wall or a thing next to him change? */
function compareSurroundings(found: Findings, was: NethackFeatures, is: NethackFeatures): void {
  if (found.flags.includes("moved") || found.flags.includes("level")) return;
  for (const name of Object.keys(is.around) as Neighbour[]) {
    const [saw, sees] = [was.around[name], is.around[name]];
    if (saw.name === sees.name || passing.has(saw.kind) || passing.has(sees.kind)) continue;
    found.add("surroundings", `${name}: ${saw.name} -> ${sees.name}`, true);
  }
}

function hearMessage(found: Findings, was: NethackFeatures, is: NethackFeatures): void {
  const { message } = is;
  if (message.trim() === "") return;
  const kind = messageClass(message);
  const told = kind === "outcome" || (kind === "news" && message !== was.message);
  found.add(kind, `message: ${clipped(message)}`, told);
}

function clipped(message: string): string {
  const line = message.replaceAll("\0", "").replace(/\s+/g, " ").trim();
  return line.length > shownMessage ? `${line.slice(0, shownMessage - 3)}...` : line;
}
