import { directionTo } from "./geometry.ts";
import { act, type Decision, repeat, type Scene } from "./scene.ts";

/** A god helps in great need, when not asked too often. */
export function pray(scene: Scene): Decision | null {
  const needy = scene.critical || scene.is("Weak") || scene.is("Fainting");
  const { prayed } = scene.known;
  const patient = prayed === null ? scene.turn > 300 : scene.turn - prayed > 900;
  return needy && patient ? act("pray", "be helped by the god", null, ["y"]) : null;
}

const food =
  /food ration|cram ration|lembas|K-ration|C-ration|pancake|tripe ration|fortune cookie|candy bar|cream pie|apple|orange|pear|melon|banana|carrot|clove of garlic|sprig|slime mold|meat|fish|lump of royal jelly/;

export function eat(scene: Scene): Decision | null {
  const hungry = scene.is("Hungry") || scene.is("Weak") || scene.is("Fainting");
  if (!hungry || scene.foes(2).length > 0) return null;
  const letter = scene.item(food);
  return letter === null ? null : act("eat", "eat", null, [letter]);
}

/** Potions may heal; when nothing else helps, any of them is tried. */
export function drink(scene: Scene): Decision | null {
  if (!scene.critical || scene.foes(3).length === 0) return null;
  const letter = scene.item(/healing/) ?? scene.item(/potion/);
  return letter === null ? null : act("quaff", "drink a potion", null, [letter]);
}

/** Strikes at whoever is next to the hero. */
export function fight(scene: Scene): Decision | null {
  const [foe] = scene.foes(1);
  const direction = foe === undefined ? null : directionTo(scene.hero, foe.cell);
  if (foe === undefined || direction === null) return null;
  return act(direction.name, `fight the ${foe.name || "creature"}`, foe.cell);
}

/** Below this part of its health the hero rests when it can. */
const weary = 0.5;
const rested = 0.7;

export function rest(scene: Scene): Decision | null {
  const enough = scene.known.plan?.goal === "rest" ? rested : weary;
  if (scene.health >= enough || scene.foes(12).length > 0) return null;
  if (scene.is("Hungry") || scene.is("Weak") || scene.is("Fainting")) return null;
  return repeat(scene, 20, "search", "rest", null);
}
