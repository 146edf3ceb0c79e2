import type { Environment } from "@metamem/core";
import { NethackGame, type NethackRawName } from "@metamem/native-env";

/**
 * The workload of spec nethack §9: random play with movement, kicks, eating and searching. What a key leaves open is dismissed as the Learning Environment
 * does it, and belongs to that key's step. A finished game is started again with the next seed.
 */
const taskKeys = "\rkljhunbyKLJHUNBY<>.\u0004es";
const taskActions = [
  "more",
  ..."north east south west northeast southeast southwest northwest".split(" "),
  ..."north east south west northeast southeast southwest northwest".split(" ").map((way) => `far ${way}`),
  "up",
  "down",
  "wait",
  "kick",
  "eat",
  "search",
];
const space = 32;
const escapeKey = 27;
/** Questions that are left to the next key. */
const openQuestions = ["eat", "attack", "direction?", "pray"];

/** What an agent of the benchmark is shown, as raw arrays. */
export const benchmarkArrays = [
  "glyphs",
  "blstats",
  "message",
  "inv_letters",
  "inv_strs",
  "tty_chars",
  "tty_colors",
  "tty_cursor",
  "internal",
  "program_state",
] as const satisfies readonly NethackRawName[];

/** Keeps results in use, so that nothing is optimised away. */
export const consumed = { characters: 0 };

/** Numbers below 23, the same on every machine. */
class Draws {
  readonly #drawn = new Uint8Array(1 << 16);
  #at = 0;

  constructor() {
    let state = 0x9e3779b9;
    for (let index = 0; index < this.#drawn.length; index++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      this.#drawn[index] = (state >>> 0) % taskKeys.length;
    }
  }

  next(): number {
    this.#at = (this.#at + 1) & 0xffff;
    return this.#drawn[this.#at] ?? 0;
  }
}

/** Games played in turn by keys, without texts. */
export class KeyTable {
  readonly #games: NethackGame<(typeof benchmarkArrays)[number]>[] = [];
  readonly #messages: Buffer[] = [];
  readonly #draws = new Draws();
  #turn = 0;
  #seed = 0;

  constructor(count: number) {
    for (let index = 0; index < count; index++) {
      const game = NethackGame.open({}, benchmarkArrays);
      const { byteOffset, byteLength } = game.raw.message;
      this.#messages.push(Buffer.from(game.block, byteOffset, byteLength));
      this.#games.push(game);
      this.#begin(game);
    }
  }

  /** Steps per second over about `seconds`. */
  rate(seconds: number): number {
    return rateOf(seconds, () => this.#step());
  }

  /** Milliseconds that starting anew takes in the middle of a game. */
  resetMilliseconds(): number {
    for (let step = 0; step < 200; step++) this.#step();
    const [game] = this.#games;
    const begin = Bun.nanoseconds();
    if (game !== undefined) this.#begin(game);
    return (Bun.nanoseconds() - begin) / 1e6;
  }

  close(): void {
    for (const game of this.#games) game.close();
  }

  #begin(game: KeyGame): void {
    this.#seed += 1;
    game.start(this.#seed, 0);
    while (!game.over && game.raw.program_state[3] === 0) game.press(space);
  }

  #step(): void {
    this.#turn = (this.#turn + 1) % this.#games.length;
    const game = this.#games[this.#turn];
    const message = this.#messages[this.#turn];
    if (game === undefined || message === undefined) return;
    game.press(taskKeys.charCodeAt(this.#draws.next()));
    dismiss(game, message);
    if (game.over) this.#begin(game);
  }
}

type KeyGame = NethackGame<(typeof benchmarkArrays)[number]>;

function dismiss(game: KeyGame, message: Buffer): void {
  const { internal } = game.raw;
  while (!game.over) {
    if (internal[3] !== 0) game.press(space);
    else if (internal[2] !== 0) game.press(escapeKey);
    else {
      if (internal[1] !== 0 && !openQuestions.some((part) => message.includes(part))) game.press(escapeKey);
      return;
    }
  }
}

/** One game played through the environment, both texts of the benchmark made at every step. */
export class TextPlay {
  readonly #environment: Environment;
  readonly #draws = new Draws();
  #seed = 0;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#begin();
  }

  rate(seconds: number): number {
    return rateOf(seconds, () => this.#step());
  }

  #begin(): void {
    this.#seed += 1;
    consumed.characters += sync(this.#environment.reset({ seed: this.#seed })).longTerm.length;
  }

  #step(): void {
    let open = this.#play(taskActions[this.#draws.next()] ?? "search");
    while (open) open = this.#play("esc");
  }

  /** Whether something is left to be dismissed. */
  #play(action: string): boolean {
    const { observation, terminated, truncated } = sync(this.#environment.step(action));
    const { longTerm, shortTerm } = observation;
    consumed.characters += longTerm.length + shortTerm.length;
    if (terminated || truncated) this.#begin();
    // The message's first line ends before the blank line; a page of text has more of them.
    const message = longTerm.slice(9, longTerm.indexOf("\n\nlanguage"));
    if (message.endsWith(")")) return /\((end|\d of \d)\)$/.test(message);
    return message.includes("? [") && !openQuestions.some((part) => message.includes(part));
  }
}

/** The native games answer at once; awaiting them would measure the event loop. */
function sync<T>(value: T | Promise<T>): T {
  if (value instanceof Promise) throw new Error("this benchmark needs an environment that answers at once");
  return value;
}

function rateOf(seconds: number, step: () => void): number {
  const begin = Bun.nanoseconds();
  let steps = 0;
  let passed = 0;
  do {
    for (let index = 0; index < 256; index++) step();
    steps += 256;
    passed = (Bun.nanoseconds() - begin) / 1e9;
  } while (passed < seconds);
  return steps / passed;
}
