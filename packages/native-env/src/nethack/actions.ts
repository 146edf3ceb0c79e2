import type { ActionSpec } from "@metamem/core";

/** An action, and the code of the key that is pressed for it. */
export interface NethackAction extends ActionSpec {
  readonly key: number;
  /** The game asks for more after it (a direction, an item, a name): models like to write both in one. */
  readonly asks?: true;
}

type Direction = readonly [dx: number, dy: number];

/** The eight directions as both cases of their keys give them. */
const compass: readonly (readonly [name: string, key: string, direction: Direction])[] = [
  ["north", "k", [0, -1]],
  ["east", "l", [1, 0]],
  ["south", "j", [0, 1]],
  ["west", "h", [-1, 0]],
  ["northeast", "u", [1, -1]],
  ["southeast", "n", [1, 1]],
  ["southwest", "b", [-1, 1]],
  ["northwest", "y", [-1, -1]],
];

const steps: readonly NethackAction[] = compass.map(([name, key, direction]) => ({
  name,
  key: key.charCodeAt(0),
  direction,
  description: "one step that way, or an attack on the monster there",
}));

const runs: readonly NethackAction[] = compass.map(([name, key, direction]) => ({
  name: `far ${name}`,
  key: key.toUpperCase().charCodeAt(0),
  direction,
  description: "walk that way until something of interest comes up",
}));

function act(name: string, key: string | number, description: string): NethackAction {
  return { name, key: typeof key === "number" ? key : key.charCodeAt(0), description };
}

function ask(name: string, key: string | number, description: string): NethackAction {
  return { ...act(name, key, description), asks: true };
}

/** Keys that a terminal sends with the Alt key held. */
function meta(letter: string): number {
  return 0x80 | letter.charCodeAt(0);
}

const commands: readonly NethackAction[] = [
  act("up", "<", "climb the staircase or ladder you stand on"),
  act("down", ">", "go down the staircase or ladder you stand on"),
  act("wait", ".", "let one turn pass"),
  act("more", 13, "read on, or confirm"),
  ask("adjust", meta("a"), "give an item another inventory letter"),
  ask("apply", "a", "use a tool"),
  act("attributes", 24, "show your attributes"),
  ask("call", "C", "name a monster or a kind of item"),
  ask("cast", "Z", "cast a spell"),
  ask("chat", meta("c"), "talk to someone next to you"),
  ask("close", "c", "close a door"),
  ask("dip", meta("d"), "dip an item into something"),
  ask("drop", "d", "drop an item"),
  ask("droptype", "D", "drop several items, chosen from a menu"),
  ask("eat", "e", "eat something"),
  act("esc", 27, "leave a question or a menu without an answer"),
  ask("engrave", "E", "write on the floor"),
  act("enhance", meta("e"), "advance weapon and spell skills, once the game says you are more confident"),
  ask("fire", "f", "shoot or throw what is in your quiver"),
  ask("fight", "F", "attack in a direction even if nothing is seen there"),
  ask("force", meta("f"), "force a lock with your weapon"),
  act("inventory", "i", "list what you carry"),
  ask("inventtype", "I", "list one kind of what you carry"),
  ask("invoke", meta("i"), "use the special power of an object"),
  ask("jump", meta("j"), "jump, for those who can"),
  ask("kick", 4, "kick something, such as a locked door"),
  act("look", ":", "see what lies where you stand"),
  ask("loot", meta("l"), "open a box on the floor, or take a saddle off"),
  act("monster", meta("m"), "use the special ability of the creature you have become"),
  ask("move", "m", "before a direction: step there without picking up or fighting"),
  ask("movefar", "M", "before a direction: walk far without picking up"),
  ask("offer", meta("o"), "sacrifice something on an altar"),
  ask("open", "o", "open a door"),
  ask("pay", "p", "pay a shopkeeper"),
  ask("pickup", ",", "pick up what lies where you stand"),
  act("pray", meta("p"), "pray to your god for help"),
  ask("puton", "P", "put on a ring, an amulet or a blindfold"),
  ask("quaff", "q", "drink a potion, or from a fountain"),
  ask("quiver", "Q", "choose what fire shoots"),
  ask("read", "r", "read a scroll or a book"),
  ask("remove", "R", "take off a ring, an amulet or a blindfold"),
  ask("ride", meta("R"), "mount or dismount a steed"),
  ask("rub", meta("r"), "rub a lamp or a stone"),
  ask("rush", "g", "before a direction: walk until something of interest comes up"),
  ask("rush2", "G", "before a direction: the same, and branching corridors do not stop you"),
  act("search", "s", "look for hidden doors, passages and traps next to you; also a way to wait"),
  act("seeamulet", '"', "show the amulet you wear"),
  act("seearmor", "[", "list the armor you wear"),
  act("seegold", "$", "count your gold"),
  act("seerings", "=", "list the rings you wear"),
  act("seespells", "+", "list the spells you know"),
  act("seetools", "(", "list the tools in use"),
  ask("seetrap", "^", "tell what kind of trap is next to you"),
  act("seeweapon", ")", "show the weapon you wield"),
  act("shell", "!", "does nothing here"),
  act("sit", meta("s"), "sit down"),
  act("swap", "x", "exchange the wielded weapon for the alternate one"),
  ask("takeoff", "T", "take off a piece of armor"),
  ask("takeoffall", "A", "take off several things, chosen from a menu"),
  ask("throw", "t", "throw an item"),
  ask("tip", meta("T"), "empty a container"),
  act("turnundead", meta("t"), "turn undead away, for priests and knights"),
  act("twoweapon", "X", "fight with two weapons, or stop doing so"),
  ask("untrap", meta("u"), "disarm a trap"),
  act("versionshort", "v", "show the version of the game"),
  ask("wear", "W", "put on a piece of armor"),
  ask("wield", "w", "take a weapon in hand"),
  act("wipe", meta("w"), "wipe your face clean"),
  ask("zap", "z", "zap a wand"),
  act("space", " ", "read on; in menus the next page"),
];

const letters = "abcdefghijklmnopqrstuvwxyz";
const keys: readonly NethackAction[] = [...letters, ...letters.toUpperCase(), ..."0123456789"].map((key) =>
  act(key, key, "the bare key: an item's letter, y or n, a number, a choice in a menu"),
);

/**
 * What agents of the benchmark may say, in its order (spec balrog-text §2). Its names `00` to `99` are not here: nothing
 * can execute them.
 */
export const nethackActions: readonly NethackAction[] = [...steps, ...runs, ...commands, ...keys];

/** The action list of the task: what the contract names, nothing else. */
export const actionSpecs: readonly ActionSpec[] = nethackActions.map(({ name, description, direction }) =>
  direction === undefined ? { name, description } : { name, description, direction },
);

/** What the benchmark does for anything else that an agent says. */
export const defaultAction = "esc";
/** What an agent does that cannot decide. */
export const fallbackAction = "search";

/** Index of each name, which is also the addon's. */
export const actionIndex: ReadonlyMap<string, number> = new Map(nethackActions.map(({ name }, index) => [name, index]));
export const actionByName: ReadonlyMap<string, NethackAction> = new Map(
  nethackActions.map((action) => [action.name, action]),
);
