import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nethackNative } from "./build.ts";
import { readCrashRecords, recordCrashesTo } from "./crash-record.ts";
import { NethackGame } from "./game.ts";
import { digest, keyAt, openRaw, playAlone } from "./instances-play.ts";

const built = (name: string): string =>
  fileURLToPath(new URL(`../../../../native/build/Release/${name}`, import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-instances-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Numbers below `limit` in an order that depends on nothing. */
function shuffled(limit: number): number[] {
  const order = Array.from({ length: limit }, (_, index) => index);
  let state = 12345;
  for (let last = limit - 1; last > 0; last--) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    const other = state % (last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

describe("many NetHacks in one process", () => {
  test("512 at once, played and closed in any order, are each as if alone", { timeout: 120_000 }, () => {
    const games = Array.from({ length: 512 }, () => openRaw());
    for (const index of shuffled(games.length)) games[index]?.start(index, 0);
    const turns = 12;
    for (let turn = 0; turn < turns; turn++) {
      for (const index of shuffled(games.length)) {
        const game = games[index];
        if (game !== undefined && !game.over) game.press(keyAt(index, turn));
      }
    }
    const shown = games.map(digest);
    for (const index of shuffled(games.length)) games[index]?.close();
    for (let seed = 0; seed < games.length; seed += 16) expect(playAlone(seed, turns)).toBe(shown[seed]);
  });

  test("games of other threads change nothing", { timeout: 120_000 }, async () => {
    const seeds = [11, 12, 13, 14];
    const keys = 600;
    const answers = await Promise.all(
      seeds.map((seed) => {
        const worker = new Worker(new URL("instances-worker.ts", import.meta.url).href);
        return new Promise<string>((resolve, reject) => {
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.onmessage = ({ data }) => {
            worker.terminate();
            resolve(data as string);
          };
          worker.postMessage({ seed, keys });
        });
      }),
    );
    expect(answers).toEqual(seeds.map((seed) => playAlone(seed, keys)));
  });

  test("10 000 resets leave nothing behind", { timeout: 120_000 }, () => {
    const game = openRaw();
    const resets = (count: number): void => {
      for (let index = 0; index < count; index++) {
        game.start(index % 50, 0);
        game.press(107);
      }
    };
    resets(200);
    const before = { memory: process.memoryUsage.rss(), files: readdirSync("/proc/self/fd").length };
    resets(10_000);
    expect(process.memoryUsage.rss() - before.memory).toBeLessThan(8 * 2 ** 20);
    expect(readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before.files + 1);
    game.close();
  });

  test("a closed game, a finished game and a game never started are refused", () => {
    const game = openRaw();
    expect(() => game.press(107)).toThrow(/start the game/);
    game.start(3, 0);
    for (const key of [0xf1, 0x79, ...Array<number>(60).fill(32)]) if (!game.over) game.press(key);
    expect(game).toMatchObject({ over: true, howDone: 13 });
    expect(() => game.press(32)).toThrow(/finished/);
    game.start(3, 0);
    expect(game.over).toBe(false);
    game.close();
    expect(() => game.press(32)).toThrow(/closed/);
  });

  test("a truncated data file and a foreign library are refused by name, and what was loaded stays", () => {
    const short = join(folder, "short");
    writeFileSync(short, readFileSync(built("nhdat")).subarray(0, -1));
    const native = nethackNative();
    const library = built("libmetamem_nethack.so");
    expect(() => native.load(library, short)).toThrow(expect.objectContaining({ code: "data-file" }));
    expect(() => native.load(library, join(folder, "none"))).toThrow(expect.objectContaining({ code: "data-file" }));
    expect(() => native.load(short, built("nhdat"))).toThrow(expect.objectContaining({ code: "library" }));
    expect(playAlone(5, 3)).toBe(playAlone(5, 3));
  });

  test("what is needed to play a game again lies in the record before its key is played", () => {
    const path = join(folder, "records");
    recordCrashesTo(path, 2);
    const game = NethackGame.open({ character: "val-hum-neu-fem" }, ["blstats"]);
    game.start(2n ** 62n + 5n, 6);
    for (const key of [0x20, 0x6b, 0x6c]) game.press(key);
    expect(readCrashRecords(path)).toEqual([
      {
        running: false,
        core: 2n ** 62n + 5n,
        display: 6n,
        turn: expect.any(Number),
        keyCount: 3,
        lastKeys: [0x20, 0x6b, 0x6c],
        process: process.pid,
      },
    ]);
    game.close();
  });
});
