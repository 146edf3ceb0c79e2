import { describe, expect, test } from "vitest";
import { actionIndex } from "../actions.ts";
import { NethackGame } from "../game.ts";
import { type RawName, rawNames, textNames } from "../raw-arrays.ts";
import { choices, vectorActions, vectorKeys } from "./play.ts";

/**
 * Play by a fixed rule and one hash over everything seen, as measured on the reference (spec nethack §8, balrog-text §12). Other than the goldens these
 * need no recording: seeds, rule and results stand here.
 */

const mostActions = 1500;
const mostKeys = 3000;
const digits = (hash: Bun.CryptoHasher) => hash.digest("hex").slice(0, 16);

describe("the benchmark's texts", () => {
  test.each([
    [0, 0, "4259edbe1bb98408", 490, true, 4, "DEATH: died. Killed by a newt.", "de789ea556678508"],
    [1, 2, "b6a9708ec66ac5c9", 1500, false, 28, "", "e02a716588b93094"],
    [42, 7, "6e16f1364f4edd8d", 1500, false, 39, "", "51b30d80704a5c30"],
    [43, 0, "108388136d739e26", 1500, false, 8, "", "803d7e8e9dfb5012"],
    [44, 0, "52c38f93384a6ee1", 881, true, 0, "DEATH: died. Killed by kicking a wall.", "ba1a33221036df37"],
  ])("core %i, display %i", (core, display, start, length, died, sum, endReason, final) => {
    const game = NethackGame.open({}, textNames);
    const hash = new Bun.CryptoHasher("sha256");
    const read = () => hash.update(`${game.longText()}\u001e${game.shortText()}\u001f`, "latin1");
    game.reset(core, display);
    expect(digits(read().copy())).toBe(start);
    let steps = 0;
    for (const action of choices(core, vectorActions)) {
      game.step(actionIndex.get(action) ?? -1);
      read().update(`${game.reward.toFixed(4)},${Number(game.terminated)},${Number(game.truncated)}`);
      expect(Object.is(game.reward, -0)).toBe(false);
      steps += 1;
      if (steps === mostActions || game.terminated || game.truncated) break;
    }
    const { episodeReturn, progression, endReason: reason } = game.statistics();
    expect({ steps, died: game.terminated, cut: game.truncated }).toEqual({ steps: length, died, cut: false });
    expect({ episodeReturn, progression, reason }).toEqual({ episodeReturn: sum, progression: 0, reason: endReason });
    expect(digits(hash)).toBe(final);
    game.close();
  });
});

describe("all raw arrays", () => {
  const hashed = rawNames.filter((name) => !["program_state", "internal", "screen_descriptions"].includes(name));
  const needed: readonly RawName[] = [...hashed, "program_state"];

  test.each([
    [0n, 0, "@", "fbad4bc31fa87976", 462, true, 0n, "aae1bba82825af81"],
    [1n, 2, "@", "4292fe0e0b028921", 1212, true, 0n, "f1ba882e4d8a4e3b"],
    [42n, 7, "@", "e37ad37923f73b3e", 3000, false, 444n, "487f7848003c41ad"],
    [123456789n, 987654321, "@", "98ef25bedb6eb670", 3000, false, 539n, "930993228e7a4c38"],
    [9223372036854775807n, 1, "@", "724f351155c013a6", 1477, true, 0n, "aeceb9014a8e5742"],
    [42n, 7, "mon-hum-neu-mal", "9043249b8247b995", 3000, false, 339n, "ad1148dbf3fde6b9"],
  ])("core %i, display %i, character %s", (core, display, character, start, length, over, turn, final) => {
    const game = NethackGame.open({ character }, needed);
    const views = hashed.map((name) => game.raw[name]);
    const bytes = views.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
    const hash = new Bun.CryptoHasher("sha256");
    const read = () => bytes.reduce((all, array) => all.update(array), hash);
    game.start(core, display);
    while (game.raw.program_state[3] === 0) game.press(32);
    expect(digits(read().copy())).toBe(start);
    let pressed = 0;
    for (const key of choices(core, vectorKeys)) {
      game.press(key);
      read();
      pressed += 1;
      if (pressed === mostKeys || game.over) break;
    }
    expect({ pressed, over: game.over, turn: game.raw.blstats[20] }).toEqual({ pressed: length, over, turn });
    expect(digits(hash)).toBe(final);
    game.close();
  });
});
