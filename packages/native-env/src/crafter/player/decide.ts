import { affordable, build, furnaceStone, isNear, missing, type Recipe, tableWood, workshop } from "./craft.ts";
import { explore } from "./explore.ts";
import { farm, harvest, nurse } from "./farm.ts";
import { fightBack, hunt } from "./fight.ts";
import { collect, nearestOf } from "./gather.ts";
import type { Decision, Scene } from "./scene.ts";
import { coverLava, feed, firstMeal, recover, sip, sleep, stray, waitForDay } from "./survive.ts";
import { has, kindId, mountain, setOf } from "./terrain.ts";

/** What to do now. Pursuits in the order of their urgency; the first that has something to do decides. */
export function decide(scene: Scene): Decision {
  if (scene.sight.sleeping) return { action: "Noop", goal: "sleep", cell: null };
  for (const pursuit of pursuits) {
    const decision = pursuit(scene);
    if (decision !== null) return decision;
  }
  return stray(scene);
}

const pursuits: readonly ((scene: Scene) => Decision | null)[] = [
  fightBack,
  coverLava,
  craftHere,
  sip,
  recover,
  feed,
  sleep,
  waitForDay,
  placeThings,
  harvest,
  hunt,
  firstMeal,
  farm,
  (scene) => nurse(scene, false),
  pickUp,
  progress,
];

/** Crafts what can be crafted on the spot. */
function craftHere(scene: Scene): Decision | null {
  const recipe = missing(scene).find(
    (candidate) => affordable(scene, candidate) && candidate.nearby.every((kind) => isNear(scene, kind)),
  );
  return recipe === undefined ? null : { action: recipe.action, goal: `make ${recipe.item}`, cell: null };
}

/** Things worth putting down once, as soon as they are at hand. */
function placeThings(scene: Scene): Decision | null {
  const { front } = scene.sight;
  if (front === null || scene.ahead === null) return null;
  if (scene.carries("sapling") > 0 && front === kindId.grass && !scene.has("place_plant")) {
    return { action: "Place Plant", goal: "place a plant", cell: scene.ahead };
  }
  if (
    scene.carries("stone") > 0 &&
    !scene.has("place_stone") &&
    has(setOf("grass", "sand", "path", "water", "lava"), front)
  ) {
    return { action: "Place Stone", goal: "place a stone", cell: scene.ahead };
  }
  if (scene.carries("stone") >= furnaceStone + 1 && !scene.has("place_furnace")) return build(scene, "furnace");
  return null;
}

/** Useful things close by. */
function pickUp(scene: Scene): Decision | null {
  const want = needs(scene);
  if (scene.carries("iron_pickaxe") > 0 && !scene.has("collect_diamond")) {
    const diamond = collect(scene, "diamond", "collect diamond");
    if (diamond !== null) return diamond;
  }
  const within = (kind: "iron" | "coal" | "stone" | "tree", item: string, range: number) =>
    scene.carries(item) < (want[item] ?? 0) && (kind === "tree" || scene.canDig(kindId[kind]))
      ? collect(scene, kind, `collect ${item}`, range)
      : null;
  return (
    within("iron", "iron", 40) ??
    within("coal", "coal", 15) ??
    within("stone", "stone", 3) ??
    within("tree", "wood", 4) ??
    sapling(scene)
  );
}

function sapling(scene: Scene): Decision | null {
  if (scene.has("collect_sapling") || scene.sight.front !== kindId.grass || scene.danger >= 2) return null;
  return { action: "Do", goal: "collect sapling", cell: scene.ahead };
}

/** Materials still to be collected, by item. */
function needs(scene: Scene): Readonly<Record<string, number>> {
  const sum: Record<string, number> = { stone: 9, wood: 0, coal: 0, iron: 0 };
  for (const recipe of missing(scene)) {
    for (const [item, amount] of Object.entries(recipe.needs)) sum[item] = (sum[item] ?? 0) + amount;
  }
  sum.wood = (sum.wood ?? 0) > 0 ? (sum.wood ?? 0) + tableWood : 0;
  for (const item of Object.keys(sum)) sum[item] = Math.min(9, sum[item] ?? 0);
  return sum;
}

/** The chain of tools, one link after the other. */
function progress(scene: Scene): Decision | null {
  for (const recipe of missing(scene)) {
    const decision = makeTool(scene, recipe);
    if (decision !== null) return decision;
  }
  const waiting = scene.has("collect_diamond") ? nurse(scene, true) : null;
  if (waiting !== null) return waiting;
  return explore(scene, scene.has("collect_diamond") ? "look around" : "look for diamond", {
    kinds: mountain,
    weight: 4,
  });
}

function makeTool(scene: Scene, recipe: Recipe): Decision | null {
  if (
    recipe.nearby.includes("furnace") &&
    scene.carries("stone") < furnaceStone &&
    workshop(scene, ["table", "furnace"]) === null
  ) {
    return obtain(scene, "stone");
  }
  for (const [item, amount] of Object.entries(recipe.needs)) {
    const reserve = item === "wood" && workshopFar(scene, recipe) ? tableWood : 0;
    if (scene.carries(item) >= amount + reserve) continue;
    return obtain(scene, item);
  }
  const place = workshop(scene, recipe.nearby);
  if (place !== null && place.cost <= 250) {
    const action = scene.walkTo(place.cell);
    if (action !== null) return { action, goal: `make ${recipe.item}`, cell: place.cell };
  }
  if (!isNear(scene, "table")) {
    const table = workshop(scene, ["table"]);
    if (table !== null && table.cost <= 150) {
      const action = scene.walkTo(table.cell);
      if (action !== null) return { action, goal: "go to the table", cell: table.cell };
    }
    if (scene.carries("wood") < tableWood + (recipe.needs.wood ?? 0)) return obtain(scene, "wood");
    return build(scene, "table");
  }
  if (scene.carries("stone") < furnaceStone) return obtain(scene, "stone");
  return build(scene, "furnace");
}

function workshopFar(scene: Scene, recipe: Recipe): boolean {
  const table = workshop(scene, ["table"]);
  return recipe.nearby.length > 0 && (table === null || table.cost > 150);
}

const sources: Readonly<Record<string, "tree" | "stone" | "coal" | "iron">> = {
  wood: "tree",
  stone: "stone",
  coal: "coal",
  iron: "iron",
};

function obtain(scene: Scene, item: string): Decision | null {
  const kind = sources[item];
  if (kind === undefined) return null;
  const found = nearestOf(scene, kind) === null ? null : collect(scene, kind, `collect ${item}`);
  if (found !== null) return found;
  return explore(
    scene,
    `look for ${item}`,
    item === "wood" ? { kinds: setOf("tree"), weight: 2 } : { kinds: mountain, weight: 4 },
  );
}
