import type { Features } from "@metamem/core";
import { z } from "zod";
import type { Facts } from "./facts.ts";
import { describeGlyph, type GlyphKind, glyphKinds } from "./glyphs.ts";

const whole = z.int();
const meter = z.strictObject({ now: whole, max: whole });

export const hungerStates = ["satiated", "not hungry", "hungry", "weak", "fainting", "fainted", "starved"] as const;
export const burdens = ["unencumbered", "burdened", "stressed", "strained", "overtaxed", "overloaded"] as const;

/** In the order of their bits (spec nethack §3.2). */
export const conditionNames = [
  "turning to stone",
  "turning to slime",
  "strangled",
  "food poisoned",
  "terminally ill",
  "blind",
  "deaf",
  "stunned",
  "confused",
  "hallucinating",
  "levitating",
  "flying",
  "riding",
] as const;

/** Offsets of the eight neighbours, clockwise. */
export const neighbours = {
  north: [0, -1],
  northeast: [1, -1],
  east: [1, 0],
  southeast: [1, 1],
  south: [0, 1],
  southwest: [-1, 1],
  west: [-1, 0],
  northwest: [-1, -1],
} as const;
export type Neighbour = keyof typeof neighbours;
const neighbourNames = Object.keys(neighbours) as [Neighbour, ...Neighbour[]];

/**
 * What the game waits for. `none`: a command. `question`: a key (yes or no, a direction, an item). `text`: a line of text. `page`: a menu or a page of
 * text is shown.
 */
const prompts = ["none", "question", "text", "page"] as const;

const nethackFeatures = z.strictObject({
  /** On the map: columns from 0 to the east, rows from 0 to the south. The cursor's y is one more. */
  position: z.strictObject({ x: whole, y: whole }),
  /** `depth` counts from the surface; dungeon and level number tell branches apart. */
  level: z.strictObject({ depth: whole, dungeon: whole, number: whole }),
  hp: meter,
  energy: meter,
  /** Lower is better. */
  armorClass: whole,
  experience: z.strictObject({ level: whole, points: whole }),
  gold: whole,
  score: whole,
  hunger: z.enum(hungerStates),
  burden: z.enum(burdens),
  conditions: z.array(z.enum(conditionNames)),
  /** What the game said, as the texts have it. */
  message: z.string(),
  prompt: z.enum(prompts),
  /** Letters of what is carried, `$` for gold. */
  inventory: z.string(),
  /** What stands, lies or is on the eight cells around the hero, as far as the map shows it. */
  around: z.record(z.enum(neighbourNames), z.strictObject({ name: z.string(), kind: z.enum(glyphKinds) })),
  /** The game is over: everything but the message is empty. */
  over: z.boolean(),
});

export type NethackFeatures = z.infer<typeof nethackFeatures>;
export type Prompt = NethackFeatures["prompt"];
export type Surroundings = Readonly<Record<Neighbour, { readonly name: string; readonly kind: GlyphKind }>>;

export const featureSchema: z.ZodType<Features> = nethackFeatures;

/** The features of an observation; `message` is the one its text shows. */
export function featuresOf(facts: Facts, message: string): NethackFeatures {
  return {
    position: { x: facts.status("x"), y: facts.status("y") },
    level: { depth: facts.status("depth"), dungeon: facts.status("dungeon"), number: facts.status("level") },
    hp: { now: facts.status("hp"), max: facts.status("maxHp") },
    energy: { now: facts.status("energy"), max: facts.status("maxEnergy") },
    armorClass: facts.status("armorClass"),
    experience: { level: facts.status("experienceLevel"), points: facts.status("experiencePoints") },
    gold: facts.status("gold"),
    score: facts.status("score"),
    hunger: hungerStates[facts.status("hunger")] ?? "not hungry",
    burden: burdens[facts.status("encumbrance")] ?? "unencumbered",
    conditions: conditionNames.filter((_, bit) => ((facts.status("conditions") >> bit) & 1) === 1),
    message,
    prompt: promptOf(facts, message),
    inventory: facts.letters,
    around: surroundings(facts),
    over: facts.isOver,
  };
}

/** The message in a long text: everything before the list of what is in sight. */
export function messageIn(longText: string): string {
  const begin = "message:\n";
  const end = longText.indexOf("\n\nlanguage observation:\n");
  return longText.startsWith(begin) && end >= 0 ? longText.slice(begin.length, end) : "";
}

/** Of several flags the most pressing: a page has to go before the question beneath it can be answered. */
function promptOf(facts: Facts, message: string): Prompt {
  if (facts.isOver) return "none";
  if (facts.waitsForSpace) return "page";
  if (facts.asksText) return "text";
  // Choosing a place with the cursor sets no flag.
  return facts.asksQuestion || message.includes("(For instructions type a ") ? "question" : "none";
}

function surroundings(facts: Facts): Surroundings {
  const entries = neighbourNames.map((name) => {
    const [dx, dy] = neighbours[name];
    return [name, describeGlyph(facts.neighbour(dx, dy))] as const;
  });
  return Object.fromEntries(entries) as Surroundings;
}
