import { gunzipSync } from "node:zlib";

/** The part of a recorded episode (test/goldens/README.md) that the native runner replays. */
export interface GoldenEpisode {
  readonly id: string;
  readonly env: {
    readonly area: readonly [number, number];
    readonly view: readonly [number, number];
    readonly size: readonly [number, number];
    readonly reward: boolean;
    readonly length: number | null;
  };
  readonly seed: number;
  readonly episode: number;
  readonly renders_per_step: number;
  readonly reset: { readonly rng_crc: number; readonly sem_crc: number; readonly n_obj: number };
  readonly actions: readonly number[];
  readonly steps: readonly (readonly (number | string)[])[];
  readonly texts_sha: Readonly<Record<string, readonly [string, string]>>;
  readonly texts_alt_sha: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly frames: Readonly<Record<string, number>>;
}

export function readGoldens(path: string, gzipped: Uint8Array): GoldenEpisode[] {
  const lines = gunzipSync(gzipped).toString("utf8").split("\n");
  const episodes = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as GoldenEpisode);
  if (episodes.some(({ texts_sha }) => texts_sha === undefined)) throw new Error(`${path} is not in hash form`);
  return episodes;
}

/** Unique, precise, skipped ids, ids only at edges: the arguments of a `text` line for each recorded way of writing. */
const water = 1 << 1;
const grass = 1 << 2;
const path = 1 << 4;
const sand = 1 << 5;
const lava = 1 << 7;
const textArguments: Readonly<Record<string, string>> = {
  texts: "1 0 0 0",
  all_items: "0 0 0 0",
  precise: "1 1 0 0",
  skip: `1 0 ${grass | sand | path} 0`,
  edge: `0 0 0 ${water | lava}`,
  precise_all: `0 1 ${grass} 0`,
};

/** Steps between two passages through a snapshot. Not a divisor of anything in the game. */
const snapshotPeriod = 97;

/** An episode in the line format of native/crafter/golden_main.cc. */
export function* goldenLines(episode: GoldenEpisode): Generator<string> {
  const { id, env, seed, reset } = episode;
  const sizes = [...env.area, ...env.view, ...env.size].join(" ");
  const how = [Number(env.reward), env.length ?? 0, episode.renders_per_step].join(" ");
  yield `episode ${id} ${sizes} ${how} ${seed} ${episode.episode}`;
  yield `reset ${reset.rng_crc} ${reset.sem_crc} ${reset.n_obj}`;
  yield "picture";
  for (const [index, action] of episode.actions.entries()) {
    const step = String(index + 1);
    yield `step ${action} ${(episode.steps[index] ?? []).join(" ")}`;
    const names = [...(step in episode.texts_sha ? ["texts"] : []), ...Object.keys(episode.texts_alt_sha[step] ?? {})];
    for (const name of names) yield `text ${id}/${step}/${name} ${textArguments[name]}`;
    if (step in episode.frames) yield "picture";
    if ((index + 1) % snapshotPeriod === 0) yield "snapshot";
  }
}

/** Hashes that the printed texts of a `text` line must have. */
export function expectedHashes(episode: GoldenEpisode, step: string, name: string): readonly (string | undefined)[] {
  return name === "texts" ? (episode.texts_sha[step] ?? []) : [episode.texts_alt_sha[step]?.[name]];
}
