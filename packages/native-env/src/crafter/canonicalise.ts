import type { Canonical } from "@metamem/core";
import { crafterActions } from "./actions.ts";

/** Other words for a whole action, in normal form (lower case, single spaces). */
const synonyms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    wait: "Noop",
    "no op": "Noop",
    nothing: "Noop",
    "do nothing": "Noop",
    interact: "Do",
    use: "Do",
    collect: "Do",
    attack: "Do",
    hit: "Do",
    drink: "Do",
    eat: "Do",
    rest: "Sleep",
    "go to sleep": "Sleep",
  }),
);

/** Other words for a part of an action's name. The first word decides what may follow. */
const verbs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    move: "move",
    go: "move",
    walk: "move",
    step: "move",
    place: "place",
    put: "place",
    build: "place",
    plant: "place",
    make: "make",
    craft: "make",
  }),
);
const compass: ReadonlyMap<string, string> = new Map(
  Object.entries({ left: "west", right: "east", up: "north", down: "south" }),
);
const compassWords = new Set(["west", "east", "north", "south"]);
const materialWords: ReadonlyMap<string, string> = new Map(Object.entries({ wooden: "wood", rock: "stone" }));

const byName = new Map(crafterActions.map(({ name }) => [name, name]));
const byNormalName = new Map(crafterActions.map(({ name }) => [name.toLowerCase(), name]));
const byReferenceName = new Map(crafterActions.map(({ name, referenceName }) => [normal(referenceName), name]));

/**
 * What a model wrote, as a listed action. Mends case, separators, quotes and end marks, the reference's own names
 * (`move_left`) and common synonyms; anything that could mean two actions or carries further words means none.
 */
export function canonicalise(text: string): Canonical {
  const exact = byName.get(text);
  if (exact !== undefined) return { action: exact, rule: "exact" };
  const form = normal(text);
  const rules: readonly (readonly [rule: string, action: string | undefined])[] = [
    ["form", byNormalName.get(form)],
    ["reference-name", byReferenceName.get(form)],
    ["synonym", synonyms.get(form) ?? byNormalName.get(withUsualWords(form))],
  ];
  for (const [rule, action] of rules) {
    if (action !== undefined) return { action, rule };
  }
  return { action: null, rule: "unknown" };
}

/** Lower case, words joined by single spaces, without quotes around and marks at the end. */
function normal(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[_\-\s]+/g, " ")
    .trim();
  return words.replace(/^["'`*[(<\s]+/, "").replace(/["'`*\])>.,;!\s]+$/, "");
}

/** `go left` → `move west`, `craft wooden pickaxe` → `make wood pickaxe`, `plant sapling` → `place plant`. */
function withUsualWords(form: string): string {
  const words = form.split(" ").filter((word) => word !== "a" && word !== "an" && word !== "the");
  const [first = "", ...rest] = words;
  if (rest.length === 0) {
    const direction = compass.get(first) ?? first;
    return compassWords.has(direction) ? `move ${direction}` : form;
  }
  const verb = verbs.get(first) ?? first;
  const objects = rest.map((word) => (verb === "move" ? compass : materialWords).get(word) ?? word);
  if (verb === "place") return `place ${placed(objects.join(" "))}`;
  return [verb, ...objects].join(" ");
}

function placed(object: string): string {
  if (object === "sapling") return "plant";
  return object === "crafting table" || object === "workbench" ? "table" : object;
}
