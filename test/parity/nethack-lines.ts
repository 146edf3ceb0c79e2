import { gunzipSync } from "node:zlib";

/** A recorded game of raw observations; test/goldens/README.md describes both kinds. */
interface RawGame {
  readonly core: string;
  readonly disp: string;
  readonly name: string;
  readonly keys: readonly number[];
  readonly arrays: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly done: boolean;
}

interface TextEpisode {
  readonly core: string;
  readonly disp: string;
  readonly start: { readonly sha: string };
  readonly actions: readonly string[];
  readonly steps: readonly (readonly [number, number, number, string])[];
}

function games<T>(gzipped: Uint8Array): T[] {
  const lines = gunzipSync(gzipped).toString("utf8").split("\n");
  // Seeds are longer than a double is exact.
  const exact = lines.filter((line) => line !== "").map((line) => line.replace(/"(core|disp)": ?(\d+)/g, '"$1":"$2"'));
  return exact.map((line) => JSON.parse(line) as T);
}

/** A file of raw recordings in the line format of native/nethack/tools/golden_main.cc. */
export function* rawLines(gzipped: Uint8Array): Generator<string> {
  for (const { core, disp, name, keys, arrays, rows, done } of games<RawGame>(gzipped)) {
    yield `game ${core} ${disp} ${name} ${arrays.join(",")}`;
    yield `row ${rows[0]?.join(" ")}`;
    for (const [index, key] of keys.entries()) {
      yield `key ${key}`;
      yield `row ${rows[index + 1]?.join(" ")}`;
    }
    yield `over ${Number(done)}`;
  }
}

/** A file of recorded episodes in the line format of native/nethack/text/golden_main.cc. */
export function* textLines(gzipped: Uint8Array): Generator<string> {
  for (const { core, disp, start, actions, steps } of games<TextEpisode>(gzipped)) {
    yield `episode ${core} ${disp}`;
    yield `start ${start.sha}`;
    for (const [index, action] of actions.entries()) {
      const hex = Buffer.from(action, "latin1").toString("hex");
      yield `step ${hex === "" ? "-" : hex} ${steps[index]?.join(" ")}`;
    }
  }
}
