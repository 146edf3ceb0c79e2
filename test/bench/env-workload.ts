import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** One recorded game: what is played, in the order of the environment's action indexes. */
export interface RecordedGame {
  readonly seed: number;
  readonly actions: readonly number[];
}

/** Steps and seconds spent in them, by light. */
export interface Spent {
  readonly day: readonly [steps: number, seconds: number];
  readonly dark: readonly [steps: number, seconds: number];
}

/** The actions of the reference recordings, day and night. */
export async function recordedGames(): Promise<RecordedGame[]> {
  const path = fileURLToPath(new URL("../goldens/crafter-dev.jsonl.gz", import.meta.url));
  const lines = gunzipSync(await Bun.file(path).bytes())
    .toString("utf8")
    .trim()
    .split("\n");
  return lines.map((line) => {
    const { seed, actions } = JSON.parse(line) as RecordedGame;
    return { seed, actions };
  });
}

/** In these steps of a day the game is dark, and drawing takes random numbers (spec crafter §8.3). */
export function isDark(turn: number): boolean {
  const time = turn % 300;
  return time >= 148 && time <= 272;
}

/** The share of dark steps when the games are played as recorded. */
export function darkShare(games: readonly RecordedGame[]): number {
  let [dark, all] = [0, 0];
  for (const { actions } of games) {
    all += actions.length;
    for (let turn = 1; turn <= actions.length; turn++) if (isDark(turn)) dark += 1;
  }
  return dark / all;
}
