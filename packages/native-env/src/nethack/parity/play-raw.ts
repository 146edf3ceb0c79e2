import { sha256 } from "@metamem/core";
import type { Difference } from "../../parity/check-recordings.ts";
import { type Comparison, compare, differs } from "../../parity/comparison.ts";
import { NethackGame } from "../game.ts";
import { type RawName, rawNames } from "../raw-arrays.ts";
import type { RawRecording } from "./recording.ts";

/** Digits of each array's hash that a recording holds. */
const hashDigits = 8;
const space = 0x20;
/** Indexes of `program_state` and the status. */
const inMoveLoop = 3;
const turn = 20;
const mostPages = 1000;
/** Needed to begin the game and to read its turn. */
const always: readonly RawName[] = ["program_state", "blstats"];

/** Plays a recorded game key by key and compares every array after every key. Undefined when all agree. */
export function playRaw(recorded: RawRecording): Difference | undefined {
  const names = recorded.arrays as RawName[];
  const character = recorded.name.slice("Agent-".length);
  // The set of arrays is part of the game; those that are always asked for never change it.
  const wanted = rawNames.filter((name) => names.includes(name) || always.includes(name));
  const game = NethackGame.open({ character }, wanted);
  try {
    game.start(recorded.core, recorded.disp);
    passFirstPages(game);
    const arrays = names.map((name) => [name, bytesOf(game, name)] as const);
    for (const [step, row] of recorded.rows.entries()) {
      if (step > 0 && game.over) return { step: step - 1, ...compare("done", false, true) };
      if (step > 0) game.press(recorded.keys[step - 1] ?? 0);
      const difference = compareRow(arrays, row);
      if (difference !== undefined) return { step, ...difference };
    }
    const difference = compareEnd(game, recorded).find(differs);
    return difference === undefined ? undefined : { step: recorded.keys.length, ...difference };
  } finally {
    game.close();
  }
}

function passFirstPages(game: NethackGame): void {
  for (let pages = 0; pages < mostPages && game.raw.program_state[inMoveLoop] === 0 && !game.over; pages++)
    game.press(space);
}

function bytesOf(game: NethackGame, name: RawName): Uint8Array {
  const { byteOffset, byteLength } = game.raw[name];
  return new Uint8Array(game.block, byteOffset, byteLength);
}

function compareRow(
  arrays: readonly (readonly [name: string, bytes: Uint8Array])[],
  row: readonly string[],
): Comparison | undefined {
  for (const [index, [name, bytes]] of arrays.entries()) {
    const actual = sha256(bytes).slice(0, hashDigits);
    if (actual !== row[index]) return { field: name, expected: `sha256 ${row[index]}`, actual: `sha256 ${actual}` };
  }
  return undefined;
}

function compareEnd(game: NethackGame, { keys, n, done, T }: RawRecording): Comparison[] {
  return [
    ...(n === undefined ? [] : [compare("n", n, keys.length)]),
    ...(done === undefined ? [] : [compare("done", done, game.over)]),
    ...(T === undefined ? [] : [compare("T", T, Number(game.raw.blstats[turn]))]),
  ];
}
