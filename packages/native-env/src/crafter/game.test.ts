import { EnvironmentError, UsageError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { CrafterGame } from "./game.ts";
import type { NativeConfig } from "./native.ts";
import { coreOptions, defaultTextOptions, nativeConfig, nativeTextOptions, parseOptions } from "./options.ts";

const text = nativeTextOptions(defaultTextOptions);

function open(changes: Partial<NativeConfig> = {}): CrafterGame {
  return new CrafterGame({ ...nativeConfig(parseOptions(coreOptions)), ...changes }, text);
}

/** Seeds, episodes and what follows from them (spec crafter §2.1). */
const seeds: readonly (readonly [number | bigint, number, number])[] = [
  [0, 1, 1256191933],
  [0, 2, 744553801],
  [1, 1, 535231920],
  [42, 1, 550904604],
  [123456789, 7, 597719495],
  [-1, 1, 1476744201],
  [-2, 1, 1476744201],
];

describe("seeding", () => {
  test.each(seeds)("seed %s, episode %i", (seed, episode, worldSeed) => {
    const game = open({ areaX: 1, areaY: 1 });
    game.reset(seed, episode);
    expect(game.details().worldSeed).toBe(worldSeed);
    game.close();
  });

  test("seeds beyond 64 bits count modulo 2^61 - 1, like Python's hash", () => {
    const game = open({ areaX: 1, areaY: 1 });
    const worldSeed = (seed: number | bigint): number => {
      game.reset(seed, 1);
      return game.details().worldSeed;
    };
    expect(worldSeed(2n ** 61n + 41n)).toBe(worldSeed(42));
    expect(worldSeed(-(2n ** 70n))).toBe(worldSeed(-512));
    game.close();
  });
});

test("a new world has what the reference's has (seed 0, spec crafter §5.2)", () => {
  const game = open();
  game.reset(0, 1);
  const { objects, chunks, simplexSeed } = game.details();
  expect(simplexSeed).toBe(487388145);
  expect(objects).toHaveLength(70);
  expect(objects.filter(([kind]) => kind === 1).slice(0, 3)).toEqual([
    [1, 1, 41],
    [1, 3, 30],
    [1, 4, 6],
  ]);
  expect(chunks.slice(0, 2).map(([x, , y]) => [x, y])).toEqual([
    [24, 24],
    [0, 36],
  ]);
  expect(game.results.daylight).toBe(0.7969251898544335);
  game.close();
});

describe("snapshots", () => {
  /** Plays actions that keep the player busy and returns a fingerprint per step. */
  function play(game: CrafterGame, from: number, to: number): string[] {
    const prints: string[] = [];
    for (let step = from; step < to; step++) {
      game.step((step * 7 + Math.floor(step / 5)) % 17);
      prints.push(`${game.rngCrc()} ${game.semanticCrc()} ${game.results.reward} ${game.longText()}`);
    }
    return prints;
  }

  test("a restored game continues exactly, in another instance too, by day and by night", () => {
    const [first, second] = [open(), open()];
    first.reset(3, 1);
    play(first, 0, 205);
    const bytes = first.snapshot();
    const expected = play(first, 205, 400);
    second.restore(bytes);
    expect(second.snapshot()).toEqual(bytes);
    expect(play(second, 205, 400)).toEqual(expected);
    first.restore(bytes);
    expect(play(first, 205, 400)).toEqual(expected);
    first.close();
    second.close();
  });

  test("damaged, cut and foreign bytes are refused and change nothing", () => {
    const [game, other] = [open(), open({ viewX: 7 })];
    game.reset(3, 1);
    const bytes = game.snapshot();
    game.step(1);
    const before = game.snapshot();
    for (let at = 0; at < bytes.length; at += 211) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      expect(() => game.restore(damaged), `byte ${at}`).toThrow(EnvironmentError);
    }
    expect(() => game.restore(bytes.subarray(0, bytes.length - 1))).toThrow("cut or padded");
    expect(() => game.restore(new Uint8Array(3))).toThrow("too short");
    expect(() => other.restore(bytes)).toThrow("other options");
    expect(game.snapshot()).toEqual(before);
    game.close();
    other.close();
  });
});

describe("arguments the reference would refuse", () => {
  test.each<[Partial<NativeConfig>, string]>([
    [{ areaX: 0 }, "area 0x64 is empty"],
    [{ areaX: 100_000, areaY: 100_000 }, "more than 16777216 cells"],
    [{ viewY: 0 }, "view 9x0 is empty"],
    [{ viewY: 1 }, "too low for the 2 rows of the inventory"],
    [{ sizeX: 17 }, "size 17x64 is too small for view 9x9"],
    [{ sizeY: 100_000 }, "more than 8192 pixels"],
    [{ rendersPerStep: -1 }, "renders per step"],
    [{ length: Number.POSITIVE_INFINITY }, "length"],
    [{ areaX: 1.5 }, "areaX must be a 32-bit integer"],
  ])("%o", (changes, message) => {
    expect(() => open(changes)).toThrow(UsageError);
    expect(() => open(changes)).toThrow(message);
  });
});

test("numbers of closed games are not taken for others", () => {
  const closed = open();
  closed.close();
  const fresh = open();
  fresh.reset(1, 1);
  expect(() => closed.reset(1, 1)).toThrow(EnvironmentError);
  fresh.close();
});

test("ten thousand steps keep the object list compact", () => {
  const game = open({ rendersPerStep: 0 });
  game.reset(11, 1);
  const early = game.snapshot().length;
  for (let step = 0; step < 10_000; step++) game.step(step % 5);
  expect(game.results.liveObjects).toBe(game.details().objects.length);
  // 64 holes and as many new objects at most, 32 bytes each.
  expect(game.snapshot().length).toBeLessThan(early + 32 * 200);
  game.close();
});
