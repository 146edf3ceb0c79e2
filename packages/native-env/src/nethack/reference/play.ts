/** How the reference was played when the vectors of the specifications were measured; for tests. */

const directions = ["north", "east", "south", "west", "northeast", "southeast", "southwest", "northwest"];
const far = ["far north", "far east", "far south", "far west"];
const others = "search inventory look kick eat pickup down esc esc more apply wield a d".split(" ");

/** Actions to choose from (spec balrog-text §12). */
export const vectorActions: readonly string[] = [...directions, ...directions, ...directions, ...far, ...others];

/** Keys to choose from (spec nethack §8). */
export const vectorKeys: readonly number[] = [
  ...Buffer.from("kljhunby".repeat(6)),
  ...Buffer.from("KLJHUNBY<>.,s:iewqrzZtfdPa_"),
  ...Array<number>(8).fill(27),
  ...Array<number>(3).fill(13),
  ...Array<number>(5).fill(32),
  ...[0xf0, 0xef, 0xe3, 0xe5, 4, 24],
  ...Buffer.from("yn$"),
];

/** Endless choices among `items` by the vectors' own generator. */
export function* choices<T>(seed: number | bigint, items: readonly T[]): Generator<T, never> {
  let state = BigInt(seed) & 0x7fffffffn;
  while (true) {
    state = (1103515245n * state + 12345n) & 0x7fffffffn;
    yield items[Number(state >> 16n) % items.length] as T;
  }
}
