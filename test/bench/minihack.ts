/**
 * `bench env --env minihack`: how fast the tasks play in this process, with both texts of every step, and what new levels cost. Of all rounds the best
 * counts, because a machine is only ever slowed down; of all tasks the worst. The references are recorded, not measured now.
 */

import { type Environment, SetupError, type TaskSpec } from "@metamem/core";
import { compileLevel, minihackFamily, nethackIsBuilt } from "@metamem/native-env";
import type { BenchOptions, BenchResult } from "./bench.ts";

const rounds = 5;
const secondsPerTask = 0.25;
const resetsPerRound = 60;
const opensPerRound = 5;
const compilesPerRound = 100;
/** Worlds are drawn from this many. */
const seeds = 50;

/** Measured elsewhere, on machines like those this project is built on: the benchmark's Python stack, at its best. */
const recorded = { stepsPerSecond: 2400, boxobanResetMs: 11.4, openMs: 27, compileMs: 0.93 } as const;

/** Keeps results in use, so that nothing is optimised away. */
export const consumed = { characters: 0, bytes: 0 };

/** The tasks that need nothing but this checkout. */
const tasks = minihackFamily.tasks.filter(({ options }) => !JSON.stringify(options.level).includes('"public"'));
const boxoban = tasks.filter(({ options }) => options.goal === "boulders");

export async function benchMinihack({ note }: Pick<BenchOptions, "note">): Promise<readonly BenchResult[]> {
  if (!nethackIsBuilt()) throw new SetupError("nethack_missing", "NetHack is not built; run 'bun run build:nethack'");
  const players = await Promise.all(tasks.map(async (task) => new Player(await minihackFamily.open(task))));
  const rates = new Map<string, number>();
  const [resets, opens, compiles]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    showProgress(`round ${round + 1} of ${rounds}`);
    for (const player of players) {
      const { id } = player.environment.task;
      rates.set(id, Math.max(rates.get(id) ?? 0, player.rate(secondsPerTask)));
    }
    const pushers = players.filter(({ environment }) => boxoban.includes(environment.task));
    resets.push(milliseconds(resetsPerRound, (turn) => pushers[turn % pushers.length]?.begin()));
    opens.push(await openMilliseconds());
    compiles.push(Math.max(...levelTexts().map(compileMilliseconds)));
  }
  showProgress("");
  for (const { environment } of players) environment.close();
  for (const [id, rate] of rates) note(`${id}: ${Math.round(rate)} steps/s`);
  note("best of the rounds; references are recorded (the Python stack: 1 400 to 2 400 steps/s), not measured now");
  return results(Math.min(...rates.values()), Math.min(...resets), Math.min(...opens), Math.min(...compiles));
}

/** Plays one task with random actions, episode after episode. */
class Player {
  readonly environment: Environment;
  readonly #actions: readonly string[];
  #state = 0x2545f491;
  #episodes = 0;

  constructor(environment: Environment) {
    this.environment = environment;
    this.#actions = environment.task.actions.map(({ name }) => name);
  }

  begin(): void {
    const { longTerm } = sync(this.environment.reset({ seed: this.#episodes++ % seeds }));
    consumed.characters += longTerm.length;
  }

  /** Steps per second in the median episode of about `seconds`; beginning one is not counted. */
  rate(seconds: number): number {
    const rates: number[] = [];
    const end = Bun.nanoseconds() + seconds * 1e9;
    do {
      this.begin();
      const begin = Bun.nanoseconds();
      let steps = 1;
      while (!this.#step()) steps += 1;
      rates.push((steps / (Bun.nanoseconds() - begin)) * 1e9);
    } while (Bun.nanoseconds() < end);
    return median(rates);
  }

  /** Whether that was the last. */
  #step(): boolean {
    this.#state = (Math.imul(1_103_515_245, this.#state) + 12_345) & 0x7fff_ffff;
    const action = this.#actions[(this.#state >> 16) % this.#actions.length] ?? "";
    const { observation, terminated, truncated } = sync(this.environment.step(action));
    consumed.characters += observation.longTerm.length + observation.shortTerm.length;
    return terminated || truncated;
  }
}

async function openMilliseconds(): Promise<number> {
  const begin = Bun.nanoseconds();
  for (let turn = 0; turn < opensPerRound; turn++) {
    const environment = await minihackFamily.open(tasks[turn % tasks.length] as TaskSpec);
    consumed.characters += sync(environment.reset({ seed: turn })).longTerm.length;
    environment.close();
  }
  return (Bun.nanoseconds() - begin) / 1e6 / opensPerRound;
}

function levelTexts(): string[] {
  return tasks.flatMap(({ options }) => {
    const level = options.level as { readonly text?: string };
    return level.text === undefined ? [] : [level.text];
  });
}

function compileMilliseconds(text: string): number {
  return milliseconds(compilesPerRound, () => {
    consumed.bytes += compileLevel(text).length;
  });
}

/** The median of single calls. */
function milliseconds(count: number, call: (turn: number) => void): number {
  const times = Array.from({ length: count }, (_, turn) => {
    const begin = Bun.nanoseconds();
    call(turn);
    return (Bun.nanoseconds() - begin) / 1e6;
  });
  return median(times);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** `ratio` says how many times better than the reference we are. */
function results(stepRate: number, resetMs: number, openMs: number, compileMs: number): BenchResult[] {
  const less = (name: string, value: number, reference: number): BenchResult => ({
    name,
    value,
    unit: "ms",
    reference,
    ratio: reference / value,
  });
  return [
    {
      name: "minihack.step_text",
      value: stepRate,
      unit: "steps/s",
      reference: recorded.stepsPerSecond,
      ratio: stepRate / recorded.stepsPerSecond,
    },
    less("minihack.boxoban_reset_ms", resetMs, recorded.boxobanResetMs),
    less("minihack.open_ms", openMs, recorded.openMs),
    less("minihack.compile_ms", compileMs, recorded.compileMs),
  ];
}

/** The native games answer at once; awaiting them would measure the event loop. */
function sync<T>(value: T | Promise<T>): T {
  if (value instanceof Promise) throw new Error("this benchmark needs an environment that answers at once");
  return value;
}

/** One line on a terminal that the next one replaces; nothing elsewhere. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
