import { directionTo, distance } from "./geometry.ts";
import { act, type Decision, repeat, type Scene } from "./scene.ts";
import { walkTo } from "./walk.ts";

/** From this turn on a first prayer in great need is heard: the game starts with 300 turns to wait, of which 200 are let off then. */
const graceful = 105;

/** The first levels are safer than what comes after them: there the hero waits until prayers are heard. */
export function waitForGod(scene: Scene): Decision | null {
  if (scene.turn > graceful || scene.sight.status.depth < 2 || scene.foes(8).length > 0) return null;
  return repeat(scene, 15, "search", "wait until the god can be asked", null);
}

/** A god helps in great need, when not asked too often. */
export function pray(scene: Scene): Decision | null {
  const needy = scene.critical || scene.is("Weak") || scene.is("Fainting");
  const { prayed, unheard } = scene.known;
  if (!needy) return null;
  // With foes at one's throat the chance that the god has calmed down is better than none.
  const pause = unheard ? 2500 : scene.critical && scene.foes(1).length > 0 ? 200 : 650;
  const patient = prayed === null ? scene.turn > graceful : scene.turn - prayed > pause;
  return patient ? act("pray", "be helped by the god", null, ["y"]) : null;
}

/** What keeps. */
export const food =
  /food ration|cram ration|lembas|K-ration|C-ration|pancake|tripe ration|fortune cookie|candy bar|cream pie|apple|orange|pear|melon|banana|carrot|clove of garlic|sprig|slime mold|meat|fish|lump of royal jelly/;

export function eat(scene: Scene): Decision | null {
  const hungry = scene.is("Hungry") || scene.is("Weak") || scene.is("Fainting");
  if (!hungry || scene.foes(2).length > 0) return null;
  const letter = scene.item(food);
  return letter === null ? null : act("eat", "eat", null, [letter]);
}

/** Corpses that do no harm when fresh. */
const edible =
  /^(?:newt|jackal|(?:sewer|giant) rat|gecko|iguana|baby crocodile|(?:rock|giant) (?:mole|beetle)|rock mole|grid bug|lichen|goblin|hobbit|dwarf|dwarf lord|gnome|gnome lord|bugbear|hill orc|Mordor orc|Uruk-hai|rothe|pony|horse|jaguar|dingo|wolf|coyote|fox|giant ant|soldier ant|jackalope|woodchuck|dog|garter snake) corpse$/;

/** Eats what was killed just now, where hunger asks for it. */
export function feast(scene: Scene): Decision | null {
  const { plan } = scene.known;
  const hungry = scene.is("Hungry") || scene.is("Weak") || scene.is("Fainting");
  if (!hungry || plan === null || scene.foes(2).length > 0) return null;
  if (plan.goal === "eat the prey" && plan.cell === scene.hero)
    return act("eat", "eat the prey here", scene.hero, ["y"]);
  const prey = plan.goal.startsWith("fight the ") || plan.goal === "eat the prey" ? plan.cell : null;
  if (prey === null || distance(prey, scene.hero) !== 1 || !scene.namesAt(prey).some((name) => edible.test(name))) {
    return null;
  }
  return walkTo(scene, prey, "eat the prey");
}

/** Potions may heal; when nothing else helps, any of them is tried. */
export function drink(scene: Scene): Decision | null {
  const healing = scene.item(/potions? of (?:extra |full )?healing/);
  if (scene.health < 0.4 && healing !== null) return act("quaff", "drink a potion", null, [healing]);
  if (!scene.critical || scene.foes(3).length === 0) return null;
  const letter = scene.item(/potion(?!.*(?:water|sickness|sleeping|blindness|hallucination|confusion))/);
  return letter === null ? null : act("quaff", "drink a potion", null, [letter]);
}

const arms = /sword|axe|dagger|spear|mace|hammer|flail|katana|lance|club|staff|knife|scimitar|trident|aklys|pick/;

/** Takes a weapon in hand again after it was lost from it. */
export function rearm(scene: Scene): Decision | null {
  const armed = scene.sight.inventory.some(
    ({ text }) => text.includes("weapon in hand") || text.includes("wielded in"),
  );
  const bareHanded = /Monk/.test(scene.known.self) || scene.known.self === "" || armed;
  const letter = bareHanded || !scene.mindful ? null : scene.item(arms);
  return letter === null || scene.foes(1).length > 1 ? null : act("wield", "take up a weapon", null, [letter]);
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
  if ((scene.health >= enough && !scene.is("Blind")) || scene.foes(12).length > 0) return null;
  if (scene.is("Hungry") || scene.is("Weak") || scene.is("Fainting")) return null;
  return repeat(scene, 20, "search", "rest", null);
}
