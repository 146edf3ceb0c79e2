import { explore } from "./explore.ts";
import { collect, nearestOf } from "./gather.ts";
import { allDirections, directions, neighbour } from "./geometry.ts";
import type { Decision, Scene } from "./scene.ts";
import { enclosed, seekShelter } from "./shelter.ts";
import { kindId, setOf } from "./terrain.ts";

/** How much a level of food or drink calls for more, from empty to full; 1 is worth acting on when the remedy is at hand. */
const craving = [64, 32, 16, 8, 4, 2, 1.2, 0.6, 0.3, 0];
/** Actions assumed to a remedy that is not in sight. */
const searchCost = 40;
/** Actions after which a need counts half. */
const halfway = 20;

interface Need {
  readonly desire: number;
  readonly pursue: () => Decision | null;
}

/** Drinks on when it stands at the water. */
export function sip(scene: Scene): Decision | null {
  if (scene.sight.front !== kindId.water || scene.sight.vitals.drink === 9) return null;
  return { action: "Do", goal: "drink", cell: scene.ahead };
}

/** Drinking and eating: the stronger need first, if it is strong enough for its distance. */
export function feed(scene: Scene): Decision | null {
  const needs = [thirst(scene), hunger(scene)].sort((a, b) => b.desire - a.desire);
  for (const need of needs) {
    const decision = need.desire >= 1 ? need.pursue() : null;
    if (decision !== null) return decision;
  }
  return null;
}

function thirst(scene: Scene): Need {
  const water = nearestOf(scene, "water");
  return {
    desire: desire(scene, scene.sight.vitals.drink, water?.cost ?? null, 9, ["drink", "look for water"]),
    pursue: () =>
      water === null
        ? explore(scene, "look for water", { kinds: setOf("sand", "water"), weight: 3 })
        : collect(scene, "water", "drink"),
  };
}

function hunger(scene: Scene): Need {
  const cow = nearestOf(scene, "cow");
  const { cow: seen } = scene.known;
  const known = seen === null || scene.shuns(seen) || seen === scene.at ? null : seen;
  const cost = cow?.cost ?? (known === null ? null : scene.routes.cost(known) + 50);
  return {
    desire: desire(scene, scene.sight.vitals.food, cost, 7, ["eat a cow", "look for cows"]),
    pursue: () => {
      if (cow !== null) return collect(scene, "cow", "eat a cow");
      const action = known === null ? null : scene.walkTo(known);
      if (action !== null) return { action, goal: "look for cows", cell: known };
      return explore(scene, "look for cows", { kinds: setOf("grass"), weight: 2 });
    },
  };
}

function desire(scene: Scene, level: number, cost: number | null, full: number, goals: readonly string[]): number {
  const actions = cost === null || cost === Number.POSITIVE_INFINITY ? searchCost : cost / 10;
  // Before it gets dark the stores are filled; in the dark the meadows are left alone unless it is urgent.
  const evening = scene.timeOfDay >= 95 && scene.timeOfDay < 140 && level < full;
  const shift = evening ? Math.min(3, 8 - level) : scene.danger >= 2 && actions > 4 ? -3 : 0;
  const value = craving[Math.min(9, Math.max(0, level - shift))] ?? 0;
  const going = goals.includes(scene.known.goal?.name ?? "") ? 1.5 : 1;
  return (going * value) / (1 + actions / halfway);
}

/** First drink and first cow, when they are not far. */
export function firstMeal(scene: Scene): Decision | null {
  if (scene.danger >= 2) return null;
  const drink = scene.has("collect_drink") ? null : collect(scene, "water", "drink", 25);
  return drink ?? (scene.has("eat_cow") ? null : collect(scene, "cow", "eat a cow", 20));
}

/** Hides and rests when badly hurt, until well again. */
export function recover(scene: Scene): Decision | null {
  const { health, energy, food, drink } = scene.sight.vitals;
  const goal = "recover";
  const resting = scene.known.goal?.name === goal;
  if (health > (resting ? 6 : 4) || food <= 2 || drink <= 2) return null;
  if (enclosed(scene)) return { action: energy < 9 ? "Sleep" : "Noop", goal, cell: null };
  return seekShelter(scene, goal);
}

/** Sleeps when tired, in a closed place if one can be had. */
export function sleep(scene: Scene): Decision | null {
  const { energy } = scene.sight.vitals;
  const goal = "sleep";
  const safe = enclosed(scene);
  const settled = safe || scene.known.goal?.name === goal;
  const night = scene.timeOfDay >= 140 && scene.timeOfDay < 260;
  const early = !scene.has("wake_up") && scene.carries("stone") >= (settled ? 1 : 6);
  const enough = early ? 7 : night ? (settled ? 8 : 6) : settled ? 5 : 2;
  if (energy > enough) return null;
  if (safe) return { action: "Sleep", goal, cell: null };
  const hiding = seekShelter(scene, goal);
  if (hiding !== null) return hiding;
  if (energy > 1 || scene.creature("zombie").distance < 9) return null;
  return { action: "Sleep", goal, cell: null };
}

/** Stays in hiding while zombies roam the meadow it is in. */
export function waitForDay(scene: Scene): Decision | null {
  const goal = "wait for the day";
  if (scene.danger < 2 || !scene.inMeadow(scene.at)) return null;
  if (enclosed(scene)) return { action: scene.sight.vitals.energy < 9 ? "Sleep" : "Noop", goal, cell: null };
  return seekShelter(scene, goal);
}

/** Lava in front is covered when a stone is to spare. */
export function coverLava(scene: Scene): Decision | null {
  if (scene.sight.front !== kindId.lava || scene.carries("stone") < 2) return null;
  return { action: "Place Stone", goal: "cover the lava", cell: scene.ahead };
}

/** The last resort: any step that is certainly not into lava. */
export function stray(scene: Scene): Decision {
  const safe = allDirections.filter((direction) => {
    const next = neighbour(scene.at, direction);
    return next !== null && scene.safeToEnter(next);
  });
  const pick = safe[Math.floor(scene.chance() * safe.length)];
  return { action: pick === undefined ? "Noop" : directions[pick].action, goal: "wander", cell: null };
}
