import type { Canonical } from "@metamem/core";
import { actionByName, nethackActions } from "./actions.ts";

function pairs(entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(entries));
}

/** Other words for a whole action, in normal form (lower case, single spaces). */
const synonyms = pairs({
  yes: "y",
  no: "n",
  enter: "more",
  return: "more",
  continue: "more",
  escape: "esc",
  cancel: "esc",
  dismiss: "esc",
  "space bar": "space",
  spacebar: "space",
  noop: "wait",
  rest: "wait",
  pass: "wait",
  "do nothing": "wait",
  "wait a turn": "wait",
  "search around": "search",
  "search for hidden doors": "search",
  descend: "down",
  "go down": "down",
  "go downstairs": "down",
  downstairs: "down",
  "go down the stairs": "down",
  "go down stairs": "down",
  "descend stairs": "down",
  "descend the stairs": "down",
  ascend: "up",
  "go up": "up",
  "go upstairs": "up",
  upstairs: "up",
  "go up the stairs": "up",
  "look around": "look",
  "look here": "look",
  "check inventory": "inventory",
  "show inventory": "inventory",
  "swap weapons": "swap",
  "two weapon": "twoweapon",
});

/** Other words for a command that asks for more; what it is for may follow. */
const verbs = pairs({
  drink: "quaff",
  take: "pickup",
  grab: "pickup",
  "pick up": "pickup",
  equip: "wield",
  "put on": "puton",
  "take off": "takeoff",
  talk: "chat",
  shoot: "fire",
  use: "apply",
  sacrifice: "offer",
  mount: "ride",
});

/** Words before a direction. `attack` is a step: stepping onto a monster attacks it. */
const goings = new Set(["go", "move", "walk", "step", "head", "attack"]);
const goingFar = new Set(["far", "run", "go far", "move far", "walk far", "travel"]);
const directions = pairs({ ne: "northeast", nw: "northwest", se: "southeast", sw: "southwest" });
const directionNames = new Set(
  nethackActions.flatMap(({ name, direction }) => (direction === undefined ? [] : [name])),
);

const asking = new Set(nethackActions.flatMap(({ name, asks }) => (asks === true ? [name] : [])));
const byNormalName = new Map(nethackActions.flatMap(({ name }) => (name.length === 1 ? [] : [[name, name] as const])));
/** Names of keys: `^d`, `ctrl-d`, `m-p`, `alt-p`, `<`. Letters, digits and the space name themselves. */
const byKey = new Map(
  nethackActions.flatMap(({ name, key }) => keyNames(name, key).map((text) => [text, name] as const)),
);

function keyNames(name: string, key: number): string[] {
  if (key >= 0x80) {
    const letter = String.fromCharCode(key & 0x7f);
    // `M-r` and `M-R` are two commands: here case matters.
    return [`M-${letter}`, `alt-${letter}`, `meta-${letter}`];
  }
  if (key < 27 && key !== 13) {
    const letter = String.fromCharCode(key | 0x60);
    return [`^${letter}`, `^${letter.toUpperCase()}`, `ctrl-${letter}`, `Ctrl-${letter}`, `C-${letter}`];
  }
  const character = String.fromCharCode(key);
  return name.length > 1 && /[!-~]/.test(character) && !/[A-Za-z0-9]/.test(character) ? [character] : [];
}

/**
 * What a model wrote, as a listed action. Mends case, separators, quotes, names of keys and common synonyms. A command that asks for more may be
 * followed by what it is for (`kick door north`): only the command is played, and the game asks for the rest. A single letter
 * is always the bare key, in its case.
 */
export function canonicalise(text: string): Canonical {
  if (actionByName.has(text)) return { action: text, rule: "exact" };
  const bare = unquoted(text);
  if (actionByName.has(bare)) return { action: bare, rule: "form" };
  const key = byKey.get(bare);
  if (key !== undefined) return { action: key, rule: "key" };
  const form = normal(bare);
  const rules: readonly (readonly [rule: string, action: string | undefined])[] = [
    ["form", byNormalName.get(form)],
    ["extended-command", extended(bare)],
    ["synonym", synonyms.get(form) ?? verbs.get(form) ?? directed(form)],
    ["command-only", withoutObject(form)],
  ];
  for (const [rule, action] of rules) {
    if (action !== undefined) return { action, rule };
  }
  return { action: null, rule: "unknown" };
}

/** Without quotes, brackets and blanks around, nor full stops at the end of words. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  const inner = /^(["'`*]+)(.+?)\1[.!]?$/s.exec(trimmed)?.[2] ?? /^<([a-z ]+)>$/i.exec(trimmed)?.[1] ?? trimmed;
  return inner.length > 2 ? inner.replace(/[.!]+$/, "").trim() : inner;
}

/** Lower case, words joined by single spaces. */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[_\-\s]+/g, " ")
    .trim();
}

/** `#pray`: commands that have no key of their own on most keyboards. */
function extended(text: string): string | undefined {
  if (!text.startsWith("#")) return undefined;
  const name = normal(text.slice(1));
  return name === "turn" ? "turnundead" : byNormalName.get(name);
}

/** `go north` → `north`, `run NE` → `far northeast`, `far_north` → `far north`. */
function directed(form: string): string | undefined {
  const words = form
    .replace(/\bnorth (east|west)\b|\bsouth (east|west)\b/g, (match) => match.replace(" ", ""))
    .split(" ");
  const last = words.pop() ?? "";
  const direction = directions.get(last) ?? last;
  if (!directionNames.has(direction)) return undefined;
  const before = words.filter((word) => word !== "to" && word !== "the" && word !== "towards").join(" ");
  if (before === "" || goings.has(before)) return direction;
  return goingFar.has(before) ? `far ${direction}` : undefined;
}

/** The command of a text that begins with one that asks for more. */
function withoutObject(form: string): string | undefined {
  const words = form.split(" ");
  for (const length of [2, 1]) {
    if (words.length <= length) continue;
    const begin = words.slice(0, length).join(" ");
    const command = verbs.get(begin) ?? begin;
    if (asking.has(command)) return command;
  }
  return undefined;
}
