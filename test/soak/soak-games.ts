import { RandomKeys } from "./random-keys.ts";
import { Seat } from "./seat.ts";

export interface SoakSize {
  /** Keys in all, shared evenly by the seeds. */
  readonly keys: number;
  readonly seeds: number;
  /** Games open at once. */
  readonly atOnce: number;
}

export interface PlayCounts {
  readonly keys: number;
  readonly games: number;
  readonly seeds: number;
  /** Games played once more, alone, that showed the same in the end. */
  readonly playedAgain: number;
}

/** Of this many ended games, one is played again. */
const replayEvery = 16;
const longestBurst = 50;
/** One visit in so many gives a game up in the middle. */
const giveUpEvery = 400;

/**
 * Plays many worlds in turns of random length, opening, resetting and closing games in between. Throws when a game fails, or when
 * one ends otherwise alone than among others.
 */
export class SoakGames {
  readonly #size: SoakSize;
  readonly #chance = new RandomKeys(1, 0);
  readonly #seats: Seat[] = [];
  readonly #keysLeft: number[] = [];
  #nextSeed = 0;
  #keys = 0;
  #games = 0;
  #playedAgain = 0;

  constructor(size: SoakSize) {
    this.#size = size;
  }

  /** `report` hears of the keys played so far, often. */
  play(report: (keys: number) => void): PlayCounts {
    const { seeds, atOnce } = this.#size;
    for (let seat = 0; seat < Math.min(atOnce, seeds); seat++) this.#open(seat);
    while (this.#seats.length > 0) {
      this.#visit(this.#chance.below(this.#seats.length));
      report(this.#keys);
    }
    return { keys: this.#keys, games: this.#games, seeds: this.#nextSeed, playedAgain: this.#playedAgain };
  }

  /** The next world takes a seat. */
  #open(index: number): void {
    const seed = this.#nextSeed++;
    const seat = new Seat(seed);
    this.#seats[index] = seat;
    this.#keysLeft[index] = Math.floor(this.#size.keys / this.#size.seeds);
    this.#begin(seat, 0);
  }

  #begin(seat: Seat, number: number): void {
    seat.begin(number);
    this.#games += 1;
  }

  #visit(index: number): void {
    const seat = this.#seats[index];
    let left = this.#keysLeft[index] ?? 0;
    if (seat === undefined) return;
    for (let burst = 1 + this.#chance.below(longestBurst); burst > 0 && left > 0 && !seat.ended; burst--) {
      seat.press();
      left -= 1;
      this.#keys += 1;
    }
    this.#keysLeft[index] = left;
    if (left === 0) this.#leave(index, seat);
    else if (seat.ended || this.#chance.below(giveUpEvery) === 0) {
      if (this.#games % replayEvery === 0) this.#playAgain(seat);
      this.#begin(seat, seat.number + 1);
    }
  }

  #leave(index: number, seat: Seat): void {
    seat.close();
    if (this.#nextSeed < this.#size.seeds) this.#open(index);
    else {
      this.#seats.splice(index, 1);
      this.#keysLeft.splice(index, 1);
    }
  }

  #playAgain(seat: Seat): void {
    const alone = new Seat(seat.seed);
    alone.begin(seat.number);
    while (alone.played < seat.played) alone.press();
    const same = alone.digest() === seat.digest();
    alone.close();
    const game = `seed ${seat.seed}, game ${seat.number}, after ${seat.played} keys`;
    if (!same) throw new Error(`${game}: it shows something else alone than among others`);
    this.#playedAgain += 1;
  }
}
