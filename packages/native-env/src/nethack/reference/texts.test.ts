import { createRng } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { nethackActions } from "../actions.ts";
import { nethackNative } from "../build.ts";
import { NethackGame } from "../game.ts";
import { textNames } from "../raw-arrays.ts";
import { inventoryText, pluralOf, ReferenceTexts, screenMessage } from "./texts.ts";

describe("the second writing of the texts agrees with the specification's examples", () => {
  test.each(
    Object.entries({
      ...{ staff: "staves", scarf: "scarves", dwarf: "dwarves", wolf: "wolves", lich: "lichs", leash: "leashes" },
      ...{ torch: "torchs", ruby: "rubies", box: "boxes", gloves: "gloveses", "combat boots": "combat boots" },
      ...{ lenses: "lenses", "gray dragon scales": "gray dragon scales", "tame jackal": "tame jackals" },
      ...{ Cyclops: "Cyclopses", ice: "area of ice", "scroll labeled FOO": "scrolls labeled FOO", key: "keys" },
    }),
  )("%s, %s", (name, plural) => {
    expect(pluralOf(name)).toBe(plural);
  });

  test.each<[string, Readonly<Record<number, string>>, string]>([
    ["nothing", {}, ""],
    ["a line", { 0: "  hello  " }, "hello"],
    ["only a second line", { 1: "second" }, ""],
    [
      "scores",
      { 1: "You made the top ten list!", 3: " No  Points", 5: "abc" },
      "\0\nYou made the top ten list!\nNo  Points\nabc\n",
    ],
    ["a lone last character", { 0: `${" ".repeat(79)}x` }, ""],
    ["two lines", { 0: "a".repeat(80), 1: "bbbbbbbbbb--More--" }, `${"a".repeat(80)}\nbbbbbbbbbb--More--`],
    [
      "a menu",
      { 0: "     Weapons", 1: "     a - sword", 2: "     (1 of 2)", 3: "junk" },
      "Weapons\na - sword\n(1 of 2)",
    ],
    ["ten pages", { 0: "x (1 of 10)", 1: "(end)" }, "x (1 of 10)\n(end)"],
    ["a third line", { 2: "x--More--" }, ""],
    ["scores in the second line", { 0: "A", 1: "zz Points", 4: "q" }, "A\nzz Points\n"],
  ])("%s", (_, rows, message) => {
    const screen = Array.from({ length: 24 }, (_row, index) => (rows[index] ?? "").padEnd(80));
    expect(screenMessage(screen)).toBe(message);
  });
});

describe("the native texts agree with it in play", () => {
  const roles = ["@", "tou-hum-neu-fem", "wiz-gno-neu-mal", "val-dwa-law-fem", "arc-hum-neu-mal", "cav-hum-law-mal"];

  test.each(roles.map((character, index) => [character, index] as const))("%s", (character, seed) => {
    const reference = new ReferenceTexts(nethackNative().glyphNames());
    const game = NethackGame.open({ character, skipMore: false }, textNames);
    const rng = createRng(seed);
    game.reset(seed, 0);
    for (let step = 0; step < 500 && !game.terminated && !game.truncated; step++) {
      // Steps and runs most of the time; letters and commands, which open menus and questions, the rest of it.
      game.step(rng.next() < 0.6 ? rng.int(16) : rng.int(nethackActions.length));
      expect(game.longText()).toBe(reference.long(game.raw));
      expect(game.shortText()).toBe(`inventory:\n${inventoryText(game.raw)}\n`);
    }
    game.close();
  });

  test("whatever stands where on the map", () => {
    const reference = new ReferenceTexts(nethackNative().glyphNames());
    const game = NethackGame.open({}, textNames);
    const rng = createRng(1);
    for (let round = 0; round < 200; round++) {
      game.reset(round % 5, 0);
      scatter(game.raw.glyphs, rng);
      game.raw.blstats[0] = BigInt(rng.int(79));
      game.raw.blstats[1] = BigInt(rng.int(21));
      game.raw.tty_cursor.set([rng.int(24), rng.int(80)]);
      expect(game.longText()).toContain(
        `\nlanguage observation:\n${reference.surroundings(game.raw)}\n\ncursor:\n${reference.cursor(game.raw)}\n(x=`,
      );
    }
    game.close();
  });
});

/** Glyphs of few kinds, so that several of one kind lie the same way, on ground that ends lines of sight here and there. */
function scatter(glyphs: Int16Array, rng: ReturnType<typeof createRng>): void {
  const kinds = Array.from({ length: 6 }, () => (rng.next() < 0.5 ? rng.int(5976) : 2359 + rng.int(87)));
  for (const cell of glyphs.keys()) glyphs[cell] = rng.next() < 0.1 ? rng.pick(kinds) : 2359 + 19 + rng.int(4);
}
