/**
 * `bench env`: how fast an environment plays, through `Environment.step`, on one core, beside the Python reference. Both
 * play the recorded actions, in turns, round by round. Of each game the best round counts, because a machine is only ever
 * slowed down.
 */

import { type Environment, type EnvironmentFamily, type JsonObject, UsageError } from "@metamem/core";
import { families } from "@metamem/native-env";
import type { BenchOptions, BenchResult } from "./bench.ts";
import { play, resetMilliseconds } from "./env-play.ts";
import { darkShare, type RecordedGame, recordedGames, type Spent } from "./env-workload.ts";
import { benchMinihack } from "./minihack.ts";
import { benchNethack } from "./nethack.ts";
import { Reference } from "./reference.ts";

/** As many as there are games. */
const rounds = 10;
/** How often we play all games in a round. */
const passes = 3;
/** The reference plays one game per round, and only its first day and night: it is a thousand times slower. */
const referenceSteps = 300;

/** No pictures and nothing drawn for them, no text. */
const fast: JsonObject = { rendersPerStep: 0, nightDraws: false, initialNoop: false, text: false };

/** The best time of each game seen so far. */
class BestOfGames {
  readonly #day = new Map<RecordedGame, number>();
  readonly #dark = new Map<RecordedGame, number>();

  add(game: RecordedGame, { day, dark }: Spent): void {
    for (const [best, [steps, seconds]] of [
      [this.#day, day],
      [this.#dark, dark],
    ] as const) {
      if (steps > 0) best.set(game, Math.min(best.get(game) ?? Number.POSITIVE_INFINITY, seconds / steps));
    }
  }

  /** Steps per second by day, every game counting the same. */
  get dayRate(): number {
    return 1 / mean([...this.#day.values()]);
  }
  get darkRate(): number {
    return 1 / mean([...this.#dark.values()]);
  }
  /** Steps per second when this share of the steps is dark. */
  rate(darkShare: number): number {
    return 1 / (darkShare / this.darkRate + (1 - darkShare) / this.dayRate);
  }
}

class Measurements {
  readonly step = new BestOfGames();
  readonly stepText = new BestOfGames();
  readonly #resets = new Map<number, number>();

  addReset(seed: number, milliseconds: number): void {
    this.#resets.set(seed, Math.min(this.#resets.get(seed) ?? Number.POSITIVE_INFINITY, milliseconds));
  }

  get resetMilliseconds(): number {
    return mean([...this.#resets.values()]);
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export async function benchEnvironment({ env, note }: BenchOptions): Promise<readonly BenchResult[]> {
  if (env === "nethack") return await benchNethack({ note });
  if (env === "minihack") return await benchMinihack({ note });
  const family = families.find(({ name }) => name === env);
  if (family === undefined || env !== "crafter") {
    throw new UsageError(
      "bench",
      `there is no environment benchmark for '${env}': there are crafter, nethack and minihack.`,
    );
  }
  const games = await recordedGames();
  const reference = await Reference.start(note);
  const ours = new Measurements();
  const theirs = new Measurements();
  const [plain, benchmark] = [await open(family, fast), await open(family, {})];
  for (let round = 0; round < rounds; round++) {
    showProgress(`round ${round + 1} of ${rounds}`);
    measureOurs(ours, plain, benchmark, games);
    const game = games[round];
    if (reference !== null && game !== undefined) await measureTheirs(theirs, reference, game);
  }
  showProgress("");
  plain.close();
  benchmark.close();
  await reference?.stop();
  const share = darkShare(games);
  note(
    `${(100 * share).toFixed(1)} % of the recorded steps are dark; the best of ${rounds * passes} runs of a game counts`,
  );
  if (reference !== null) note("reference: Python, 256 pixels, two frames per step, without the wrapper's text");
  return results(ours, reference === null ? null : theirs, share);
}

async function open(family: EnvironmentFamily, options: JsonObject): Promise<Environment> {
  const task = family.tasks[0];
  if (task === undefined) throw new Error(`${family.name} has no task`);
  return await family.open({ ...task, options });
}

function measureOurs(
  best: Measurements,
  plain: Environment,
  benchmark: Environment,
  games: readonly RecordedGame[],
): void {
  for (const [environment, into] of [
    [plain, best.step],
    [benchmark, best.stepText],
  ] as const) {
    Bun.gc(true);
    for (let pass = 0; pass < passes; pass++) for (const game of games) into.add(game, play(environment, game));
  }
  for (const { seed } of games) best.addReset(seed, resetMilliseconds(benchmark, seed));
}

async function measureTheirs(best: Measurements, reference: Reference, game: RecordedGame): Promise<void> {
  const request = { seed: game.seed, actions: game.actions.slice(0, referenceSteps) };
  best.step.add(game, await reference.ask<Spent>({ what: "step", ...request }));
  best.stepText.add(game, await reference.ask<Spent>({ what: "step_text", ...request }));
  for (let pass = 0; pass < passes; pass++) {
    const { seconds } = await reference.ask<{ seconds: number }>({ what: "reset", seed: game.seed });
    best.addReset(game.seed, 1000 * seconds);
  }
}

/** `ratio` says how many times faster than the reference we are. */
function results(ours: Measurements, theirs: Measurements | null, share: number): BenchResult[] {
  const rate = (name: string, of: (measured: Measurements) => number): BenchResult => {
    const [value, reference] = [of(ours), theirs === null ? null : of(theirs)];
    return { name, value, unit: "steps/s", reference, ratio: reference === null ? null : value / reference };
  };
  return [
    rate("crafter.step", ({ step }) => step.rate(share)),
    rate("crafter.step_text", ({ stepText }) => stepText.rate(share)),
    rate("crafter.step_text_day", ({ stepText }) => stepText.dayRate),
    rate("crafter.step_text_dark", ({ stepText }) => stepText.darkRate),
    {
      name: "crafter.reset_ms",
      value: ours.resetMilliseconds,
      unit: "ms",
      reference: theirs?.resetMilliseconds ?? null,
      ratio: theirs === null ? null : theirs.resetMilliseconds / ours.resetMilliseconds,
    },
  ];
}

/** One line on a terminal that the next one replaces; nothing elsewhere. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
