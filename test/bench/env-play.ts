import type { Environment } from "@metamem/core";
import { isDark, type RecordedGame, type Spent } from "./env-workload.ts";

/** Counts what measured calls returned, so that none of it is optimised away. */
export const consumed = { characters: 0, resets: 0 };

/**
 * Plays a game's actions through `Environment.step` and takes the time of the steps alone. A game that ends early, because its
 * world took another course than the recorded one, starts anew outside the measured time.
 */
export function play(environment: Environment, { seed, actions }: RecordedGame): Spent {
  const names = environment.task.actions.map(({ name }) => name);
  const spent = { day: [0, 0] as [number, number], dark: [0, 0] as [number, number] };
  let turn = sync(environment.reset({ seed })).turn;
  let entry = isDark(turn + 1) ? spent.dark : spent.day;
  let begin = Bun.nanoseconds();
  const stop = (): void => {
    entry[1] += (Bun.nanoseconds() - begin) / 1e9;
  };
  for (const action of actions) {
    turn += 1;
    const next = isDark(turn) ? spent.dark : spent.day;
    if (next !== entry) {
      stop();
      entry = next;
      begin = Bun.nanoseconds();
    }
    const { observation, terminated, truncated } = sync(environment.step(names[action] ?? ""));
    consumed.characters += observation.longTerm.length + observation.shortTerm.length;
    entry[0] += 1;
    if (terminated || truncated) {
      stop();
      turn = sync(environment.reset({ seed })).turn;
      begin = Bun.nanoseconds();
    }
  }
  stop();
  return spent;
}

/** Milliseconds that one reset takes. */
export function resetMilliseconds(environment: Environment, seed: number): number {
  const begin = Bun.nanoseconds();
  consumed.resets += sync(environment.reset({ seed })).turn;
  return (Bun.nanoseconds() - begin) / 1e6;
}

/** The native games answer at once; awaiting them would measure the event loop. */
function sync<T>(value: T | Promise<T>): T {
  if (value instanceof Promise) throw new Error("this benchmark needs an environment that answers at once");
  return value;
}
