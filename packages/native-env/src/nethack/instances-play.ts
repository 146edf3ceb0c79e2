/** Play for the tests of many games at once. */

import { NethackGame } from "./game.ts";
import { harmlessNames } from "./raw-arrays.ts";

const keys = "kljhunbyKLJHUNBY<>.s,i\r\r   \u001b\u001b";

/** A game that writes everything the test can compare. */
export function openRaw(): NethackGame {
  return NethackGame.open({}, harmlessNames);
}

/** The key that game `seed` gets as number `turn`. */
export function keyAt(seed: number, turn: number): number {
  return turn < 3 ? 32 : keys.charCodeAt((seed * 7 + turn * 13 + ((seed * turn) % 11)) % keys.length);
}

/** What a game shows. */
export function digest(game: NethackGame): string {
  return Bun.hash(new Uint8Array(game.block)).toString(16);
}

/** What a game shows that is played with nothing beside it. */
export function playAlone(seed: number, turns: number): string {
  const game = openRaw();
  game.start(seed, 0);
  for (let turn = 0; turn < turns && !game.over; turn++) game.press(keyAt(seed, turn));
  const shown = digest(game);
  game.close();
  return shown;
}
