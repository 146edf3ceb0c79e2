import { type JsonObject, UsageError, type WorldSeed } from "@metamem/core";
import { z } from "zod";
import type { NativeConfig } from "./native.ts";

const whole = z.int().min(0);

/** What a character may be, by the first letters of the game's names: role, race, alignment, gender. */
const characterWords = [
  ["arc", "bar", "cav", "hea", "kni", "mon", "pri", "rog", "ran", "sam", "tou", "val", "wiz"],
  ["hum", "elf", "dwa", "gno", "orc"],
  ["law", "neu", "cha"],
  ["mal", "fem"],
];

/** The game itself takes a word that it does not know for one that was not said. */
function isCharacter(text: string): boolean {
  const words = text.split("-");
  const known = characterWords.map((kind) => words.filter((word) => kind.includes(word)).length);
  return text === "@" || (known.every((count) => count <= 1) && known.reduce((a, b) => a + b) === words.length);
}

/**
 * Options of a task. The defaults are the benchmark's (spec balrog-text §1). What it leaves to chance or to the machine, display seed and clock, is
 * fixed here as in the reference recordings; a world's `extra` overrides both.
 */
export const optionsSchema = z.strictObject({
  /** Role, race, gender and alignment, e.g. `mon-hum-neu-mal`; `@` leaves them to the seed. */
  character: z.string().refine(isCharacter, "must be like mon-hum-neu-mal or @").default("@"),
  /** Gold, scrolls, potions and wands are picked up by walking over them; nothing else is. */
  autopickup: z.boolean().default(true),
  /** Keys per episode, those that only read on included. */
  maxSteps: z.int().min(1).default(100_000),
  /** The episode ends after one more than this many keys in a row that take no game time. */
  noProgressTimeout: z.int().min(1).default(150),
  /** Messages of several pages are read to their end within a step. */
  skipMore: z.boolean().default(true),
  displaySeed: whole.default(0),
  /** What the game's clock shows all the time, in seconds since 1970: moon, night and Friday the 13th matter. */
  clock: whole.default(1_700_136_000),
  /** Seconds that local time adds to it. */
  utcOffset: z.int().min(-86_400).max(86_400).default(0),
  /** `map`: the layout for agents that only read. `statistics`: that for agents that also see pictures. */
  layout: z.enum(["map", "statistics"]).default("map"),
  /** Distances and directions in the words of the published release (spec balrog-text §9). */
  stepWords: z.boolean().default(false),
  /** False: both texts of every observation are empty. */
  text: z.boolean().default(true),
});

export type NethackOptions = z.output<typeof optionsSchema>;

/** Throws `UsageError` naming the first bad option. */
export function parseOptions(options: JsonObject): NethackOptions {
  const result = optionsSchema.safeParse(options);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "options" : issue.path.join(".");
  throw new UsageError("bad_option", `NetHack option ${where}: ${issue?.message ?? "is not valid"}`);
}

/** Everything about a game but which arrays it writes. */
export type GameConfig = Omit<NativeConfig, "wanted">;

export function gameConfig(options: NethackOptions): GameConfig {
  const { character, autopickup, maxSteps, noProgressTimeout, skipMore, clock, utcOffset, stepWords, layout } = options;
  return {
    character,
    autopickup,
    maxSteps,
    noProgressTimeout,
    skipMore,
    clock,
    utcOffset,
    stepWords,
    statisticsLayout: layout === "statistics",
  };
}

const extraSchema = z.strictObject({ displaySeed: whole.optional(), clock: whole.optional() });

/** What a task fixes of its worlds unless they say otherwise. */
export type WorldOptions = Pick<NethackOptions, "displaySeed" | "clock">;

/** Everything that fixes a world. */
export interface WorldFacts {
  readonly core: number;
  readonly displaySeed: number;
  readonly clock: number;
}

/** Throws `UsageError` for a seed or an `extra` that no game can have. */
export function worldFacts({ seed, extra }: WorldSeed, options: WorldOptions): WorldFacts {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new UsageError("bad_seed", `NetHack seed ${seed} is not a whole number from 0 to 2^53`);
  }
  const parsed = extraSchema.safeParse(extra ?? {});
  if (!parsed.success) {
    throw new UsageError("bad_seed", "NetHack worlds take only `extra.displaySeed` and `extra.clock`, whole numbers");
  }
  const { displaySeed = options.displaySeed, clock = options.clock } = parsed.data;
  return { core: seed, displaySeed, clock };
}
