import { around, type Cell, directionNamed, lineBetween, neighbour, xOf, yOf } from "./geometry.ts";
import { openCosts, patienceWithDoors } from "./ground.ts";
import { freshLevel, type Knowledge, type LevelFacts } from "./knowledge.ts";
import { remember } from "./layout.ts";
import type { Sight } from "./parse-observation.ts";
import { routesFrom } from "./route.ts";
import { bearingOf, rangeOf } from "./sightings.ts";
import { cellsOf, readTerrain, type Terrain, terrain } from "./terrain.ts";

/** Turns after which failed steps are tried anew: who stood in the way may have gone. */
const forgetting = 500;

/** Works the observation of `step` into what was known; `action` came in between (null for the first observation). */
export function advance(before: Knowledge, action: string | null, sight: Sight, step: number): Knowledge {
  if (sight.page) return turnPage(before, sight, step);
  const { turn, depth } = sight.status;
  const passed = turn - before.turn;
  const changed = before.step !== null && depth !== before.depth;
  const at = sight.hero ?? (changed ? null : before.at);
  const known = {
    ...before,
    step,
    turn,
    depth,
    at,
    ...prayerAfter(before, sight),
    idle: before.step !== null && passed === 0 && !changed ? before.idle + 1 : 0,
  };
  const kinds = readTerrain(sight.rows);
  if (changed) {
    const left = new Map([...before.left, [before.depth, summary(before.level)]]);
    const level = arrive(freshLevel(turn), at, action === "down" && before.level.down.has(before.at ?? -1));
    const layouts = remember(before.layouts, before.level);
    return { ...known, left, layouts, plan: null, level: observe(level, kinds, sight, at) };
  }
  if (step === 0) return { ...known, level: observe(arrive(before.level, at, true), kinds, sight, at) };
  const learnt = before.step === null || action === null ? before.level : learn(before, action, sight, kinds, passed);
  const level = turn % forgetting < passed ? { ...learnt, blocked: new Map() } : learnt;
  return { ...known, level: observe(level, kinds, sight, at) };
}

/** A page covers the map; the one about the hero tells who he is, and in which part of the dungeon. */
function turnPage(before: Knowledge, { message }: Sight, step: number): Knowledge {
  const self = /You are an? .+?, a level \d+ (.+?)\./.exec(message)?.[1] ?? before.self;
  const branch = /You are in (?:the )?(.+?), on level/.exec(message)?.[1] ?? before.level.branch;
  return { ...before, step, self, idle: before.idle + 1, level: { ...before.level, branch } };
}

/** Who comes down a staircase stands on one that leads up again; so does who begins. */
function arrive(level: LevelFacts, at: Cell | null, byStairs: boolean): LevelFacts {
  return byStairs && at !== null ? { ...level, up: new Set([at]), arrival: at } : level;
}

function prayerAfter(
  { prayed, unheard }: Knowledge,
  { message, status }: Sight,
): Pick<Knowledge, "prayed" | "unheard"> {
  if (!message.includes("You begin praying")) return { prayed, unheard };
  return {
    prayed: status.turn,
    unheard: !/You feel (?:a hopeful|much better|that .+ is (?:well-pleased|pleased|satisfied))|fix|content/.test(
      message,
    ),
  };
}

/** What is worth keeping of a level that was left: where its stairs are. */
function summary(level: LevelFacts): string {
  const list = (cells: ReadonlySet<Cell>) => [...cells].map((cell) => `${xOf(cell)},${yOf(cell)}`).join(" ");
  return `stairs down ${list(level.down) || "unknown"}; stairs up ${list(level.up) || "unknown"}`;
}

/** What the screen shows now but may hide later. */
function observe(level: LevelFacts, kinds: Uint8Array, sight: Sight, at: Cell | null): LevelFacts {
  const walked = new Set(level.walked);
  if (at !== null && !sight.status.words.includes("Blind")) walked.add(at);
  return {
    ...level,
    walked,
    down: standing(level.down, kinds, terrain.down),
    up: standing(level.up, kinds, terrain.up),
    doors: new Set([
      ...standing(level.doors, kinds, terrain.openDoor),
      ...standing(level.doors, kinds, terrain.closedDoor),
    ]),
    holes: new Set([...level.holes, ...holesIn(sight, kinds)]),
    shop: /Welcome(?: again)? to .+'s/.test(sight.message) ? at : level.shop,
  };
}

/** Stairs and doors are where their sign is, or where it was and something hides it now. */
function standing(before: ReadonlySet<Cell>, kinds: Uint8Array, kind: Terrain): Set<Cell> {
  const hidden = [...before].filter((cell) => kinds[cell] === terrain.creature || kinds[cell] === terrain.thing);
  return new Set([...hidden, ...cellsOf(kinds, kind)]);
}

/** Traps that lead down, as far as the text names them. */
function holesIn({ sightings, hero }: Sight, kinds: Uint8Array): Cell[] {
  if (hero === null) return [];
  const named = sightings.filter(({ name }) => name === "trap door" || name === "hole");
  if (named.length === 0) return [];
  return cellsOf(kinds, terrain.trap).filter((cell) =>
    named.some(({ range, bearing }) => range === rangeOf(hero, cell) && bearing === bearingOf(hero, cell)),
  );
}

/** What the last action taught about the level. */
function learn(before: Knowledge, action: string, sight: Sight, kinds: Uint8Array, passed: number): LevelFacts {
  const { level, at: from } = before;
  const { message, hero: to } = sight;
  const learnt = { ...level, peaceful: peacefulAfter(level.peaceful, message) };
  const shunned = [...level.shunned].filter(([, until]) => until > sight.status.turn);
  if (shunned.length < level.shunned.size) learnt.shunned = new Map(shunned);
  if (from === null || to === null) return learnt;
  if (from !== to) return { ...learnt, walked: new Set([...level.walked, ...wayBetween(from, to, kinds, action)]) };
  Object.assign(learnt, readGround(level, to, sight));
  if (action === "search" && passed > 0) {
    return { ...learnt, searched: new Map([...level.searched, [to, (level.searched.get(to) ?? 0) + passed]]) };
  }
  const answered = before.plan?.goal === "kick the door" && action !== "kick";
  const way = directionNamed(action.replace("far ", ""));
  const ahead = way === null ? null : neighbour(from, way);
  if (way === null || ahead === null) return learnt;
  if (answered || message.includes("This door is locked")) return { ...learnt, locked: kicked(level, ahead, answered) };
  // A door that is stuck opens another time.
  const stuck = kinds[ahead] === terrain.closedDoor && !way.diagonal;
  const excused =
    stuck || passed > 0 || kinds[ahead] === terrain.creature || /in (?:the|your) way|Really attack|\?/.test(message);
  if (excused) return learnt;
  const sides = new Set([...(level.blocked.get(ahead) ?? []), from]);
  return { ...learnt, blocked: new Map([...level.blocked, [ahead, sides]]) };
}

/** For how many turns a floor is given up that cannot be dug. */
const solid = 2000;

/** What the game says about the place the hero is at. */
function readGround(level: LevelFacts, at: Cell, { message, status }: Sight): Partial<LevelFacts> {
  if (message.includes("stairs are too hard")) return { up: new Set([...level.up, at]) };
  if (/too hard to dig|can't dig here|cannot dig/.test(message)) {
    return { shunned: new Map([...level.shunned, [at, status.turn + solid]]) };
  }
  if (!closedShop(message)) return {};
  return { locked: new Map([...level.locked, ...around(at).map((cell) => [cell, patienceWithDoors] as const)]) };
}

function kicked(level: LevelFacts, door: Cell, answered: boolean): Map<Cell, number> {
  return new Map([...level.locked, [door, (level.locked.get(door) ?? 0) + (answered ? 1 : 0)]]);
}

const notice = "Closed for inventory";

/** The notice before a shop that nobody may enter; the dust may have been scuffed. */
function closedShop(message: string): boolean {
  return [...message.matchAll(/You read: "([^"]+?)"?\.?(?= \/|$|"|\n)/gm)].some(([, text = ""]) => {
    const alike = [...notice].filter((letter, index) => text[index] === letter).length;
    return alike >= 11;
  });
}

/** Cells passed on the way; when it was not straight, the shortest way stands for it. */
function wayBetween(from: Cell, to: Cell, kinds: Uint8Array, action: string): Cell[] {
  const line = lineBetween(from, to);
  const direction = directionNamed(action.replace("far ", ""));
  const first = direction === null ? null : neighbour(from, direction);
  if (!action.startsWith("far ") || line.length > 2 || first === null) return line;
  return [first, ...routesFrom(from, openCosts(kinds), kinds).way(to)];
}

/** Those the game asked about before an attack; not any more once they strike. */
function peacefulAfter(before: ReadonlySet<string>, message: string): ReadonlySet<string> {
  const asked = /Really attack (?:the )?(?:peaceful )?(.+?)\?/.exec(message)?.[1];
  if (asked !== undefined) return new Set([...before, asked]);
  const angry = [...before].filter((name) =>
    new RegExp(`${RegExp.escape(name)} (?:hits|bites|kicks|misses|shoots|throws)`, "i").test(message),
  );
  return angry.length === 0 ? before : new Set([...before].filter((name) => !angry.includes(name)));
}
