/**
 * The reference has every cell described, though nobody reads that, and describing draws random numbers. Here only those cells are described that may
 * draw some: games must go the same way as with all descriptions.
 */

import { describe, expect, test } from "vitest";
import { nethackActions } from "../nethack/actions.ts";
import { type RawName, textNames } from "../nethack/raw-arrays.ts";
import { MinihackGame } from "./game.ts";
import { levelDataFile } from "./level.ts";
import { gameConfig, optionsSchema } from "./options.ts";
import { minihackTasks } from "./tasks.ts";

const seen = [...textNames, "message", "tty_colors"] as const satisfies readonly RawName[];
type Game = MinihackGame<(typeof seen)[number]>;

/** Caves full of things and monsters of all kinds. */
const zoo = `MAZE: "mylevel", ' '
INIT_MAP: mines, '.', ' ', true, true, lit, true
NOMAP
${"OBJECT: random, random\nMONSTER: random, random\n".repeat(14)}${"OBJECT: ('!',\"hallucination\"), random\n".repeat(4)}STAIR: random, down
`;

function bytes(game: Game): Uint8Array[] {
  return seen.map((name) => new Uint8Array(game.block, game.raw[name].byteOffset, game.raw[name].byteLength));
}

/** Plays the same random actions with and without descriptions; the number of steps until the end. */
function playBoth(text: string, actions: readonly string[], seed: number, maxSteps: number): number {
  const options = optionsSchema.parse({
    level: { from: "des", text },
    keepsQuestions: true,
    autopickup: true,
    maxSteps,
  });
  const config = gameConfig(options, actions);
  const games: Game[] = [new MinihackGame(config, seen), new MinihackGame(config, [...seen, "screen_descriptions"])];
  for (const game of games) {
    game.setDataFile(levelDataFile(text));
    game.reset(seed, seed);
  }
  const [silent, described] = games as [Game, Game];
  let [x, steps] = [seed, 0];
  while (!silent.terminated && !silent.truncated) {
    x = (Math.imul(1_103_515_245, x) + 12_345) & 0x7fff_ffff;
    for (const game of games) game.step((x >> 16) % actions.length);
    steps += 1;
    const [is, should] = [bytes(silent), bytes(described)];
    const differing = seen.filter((_, index) => Buffer.compare(is[index] as Buffer, should[index] as Buffer) !== 0);
    expect({ seed, steps, differing }).toEqual({ seed, steps, differing: [] });
  }
  for (const game of games) game.close();
  return steps;
}

describe("games go as with descriptions:", () => {
  const tasks = minihackTasks.flatMap(({ id, actions, options }) => {
    const { text } = options.level as { readonly text?: string };
    return text === undefined ? [] : [[id, text, actions.map(({ name }) => name)] as const];
  });

  test.each(tasks)("%s", (_, text, actions) => {
    for (const seed of [1, 2, 3]) expect(playBoth(text, actions, seed, 100)).toBeGreaterThan(1);
  });

  test("among things and monsters of all kinds, with every key there is", () => {
    const actions = nethackActions.map(({ name }) => name);
    const steps = Array.from({ length: 12 }, (_, seed) => playBoth(zoo, actions, seed, 400));
    expect(Math.max(...steps)).toBe(400);
  });
});
