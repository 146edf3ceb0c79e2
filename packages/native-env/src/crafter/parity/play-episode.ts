import type { Difference } from "../../parity/check-recordings.ts";
import { type Comparison, compare, differs, type Unchecked } from "../../parity/comparison.ts";
import { CrafterGame } from "../game.ts";
import { defaultTextOptions, nativeTextOptions } from "../options.ts";
import { achievementNames } from "../tables.ts";
import { checkReset } from "./check-reset.ts";
import { StepCheck } from "./check-step.ts";
import { type RecordedEpisode, unknownFields } from "./recording.ts";

/** Plays a recorded episode and compares everything the recording holds. Undefined when all agrees. */
export function playEpisode(
  recorded: RecordedEpisode,
  textures: Uint8Array | null,
  unchecked: Unchecked,
): Difference | undefined {
  const game = openGame(recorded);
  try {
    for (const field of unknownFields(recorded)) unchecked.add(field);
    game.reset(recorded.seed, recorded.episode);
    let step = 0;
    let difference = find(checkReset(game, recorded.reset, textures, unchecked));
    const check = new StepCheck(game, recorded, defaultTextOptions, textures, unchecked);
    const unlocks = recorded.achievements === undefined ? null : new Unlocks(recorded.achievements);
    while (difference === undefined && step < recorded.actions.length) {
      game.step(recorded.actions[step] ?? 0);
      step += 1;
      difference = find(check.run(step)) ?? (unlocks === null ? undefined : find(unlocks.check(game, step)));
    }
    difference ??= find(checkFinal(game, recorded));
    return difference === undefined ? undefined : { step, ...difference };
  } finally {
    game.close();
  }
}

/** The wrapper's mode draws a second frame after each step; its implicit noop is in the list of actions. */
function openGame({ env, mode, renders_per_step }: RecordedEpisode): CrafterGame {
  const benchmark = mode === "balrog";
  const [sizeX, sizeY] = env.size ?? (benchmark ? [256, 256] : [64, 64]);
  const config = {
    areaX: env.area[0],
    areaY: env.area[1],
    viewX: env.view[0],
    viewY: env.view[1],
    sizeX,
    sizeY,
    reward: env.reward,
    length: env.length ?? 0,
    rendersPerStep: renders_per_step ?? (benchmark ? 2 : 1),
    nightDraws: true,
    initialNoop: false,
  };
  return new CrafterGame(config, nativeTextOptions(defaultTextOptions));
}

function find(comparisons: Generator<Comparison>): Comparison | undefined {
  for (const comparison of comparisons) {
    if (differs(comparison)) return comparison;
  }
  return undefined;
}

/** Checks at which step each achievement was earned first. */
class Unlocks {
  readonly #expected: ReadonlyMap<number, readonly string[]>;
  #known = 0;

  constructor(achievements: Readonly<Record<string, number>>) {
    const expected = new Map<number, string[]>();
    for (const [name, step] of Object.entries(achievements)) expected.set(step, [...(expected.get(step) ?? []), name]);
    this.#expected = expected;
  }

  *check(game: CrafterGame, step: number): Generator<Comparison> {
    const { unlocked } = game.results;
    const fresh = unlocked & ~this.#known;
    this.#known = unlocked;
    const expected = this.#expected.get(step) ?? [];
    if (fresh === 0 && expected.length === 0) return;
    const actual = achievementNames.filter((_, index) => ((fresh >> index) & 1) === 1);
    yield compare("achievements", expected.toSorted(), actual.toSorted());
  }
}

function* checkFinal(game: CrafterGame, recorded: RecordedEpisode): Generator<Comparison> {
  if (recorded.n !== undefined) yield compare("n", recorded.n, recorded.actions.length);
  if (recorded.final_achievement_counts === undefined) return;
  const counts = game.achievementCounts();
  for (const [name, expected] of Object.entries(recorded.final_achievement_counts)) {
    const index = (achievementNames as readonly string[]).indexOf(name);
    yield compare(`final_achievement_counts.${name}`, expected, counts[index] ?? null);
  }
}
