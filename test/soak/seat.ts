import { NethackGame, nethackRawNames } from "@metamem/native-env";
import { RandomKeys } from "./random-keys.ts";

const space = 32;
const mostKeysPerGame = 4000;
/** Keys within which a game has left its first pages. */
const firstPages = 100;
/** Asking for this array changes the game, so some games ask. */
const large = "screen_descriptions";
const withoutLarge = nethackRawNames.filter((name) => name !== large);

/** A place where one world is played again and again, each time with other keys. */
export class Seat {
  readonly seed: number;
  readonly #game: NethackGame;
  #keys = new RandomKeys(0, 0);
  #number = -1;
  #played = 0;

  constructor(seed: number) {
    this.seed = seed;
    this.#game = NethackGame.open({}, seed % 4 === 0 ? nethackRawNames : withoutLarge);
  }

  /** Which of the world's games it is. */
  get number(): number {
    return this.#number;
  }
  /** Keys of the current game. */
  get played(): number {
    return this.#played;
  }
  get ended(): boolean {
    return this.#game.over || this.#played >= mostKeysPerGame;
  }

  /** Starts game `number` of this world, whatever is going on. */
  begin(number: number): void {
    this.#number = number;
    this.#keys = new RandomKeys(this.seed, number);
    this.#played = 0;
    this.#game.start(this.seed, number, this.seed % 5 === 0);
  }

  press(): void {
    const reading = this.#played < firstPages && this.#game.raw.program_state[3] === 0;
    this.#game.press(reading ? space : this.#keys.next());
    this.#played += 1;
  }

  /** What the game shows, without how often it was stepped. */
  digest(): number | bigint {
    return Bun.hash(new Uint8Array(this.#game.block));
  }

  close(): void {
    this.#game.close();
  }
}
