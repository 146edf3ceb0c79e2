import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crafterActions } from "./actions.ts";
import { canonicalise } from "./canonicalise.ts";

test.each(crafterActions.map(({ name, referenceName }) => [name, referenceName]))(
  "%s by any form of its name",
  (name, reference) => {
    expect(canonicalise(name)).toEqual({ action: name, rule: "exact" });
    expect(canonicalise(reference).action).toBe(name);
    expect(canonicalise(name.toUpperCase()).action).toBe(name);
    expect(canonicalise(`  "${name.toLowerCase().replaceAll(" ", "_")}".`).action).toBe(name);
  },
);

test.each([
  ["move_left", "Move West", "reference-name"],
  ["noop", "Noop", "form"],
  ["left", "Move West", "synonym"],
  ["go north", "Move North", "synonym"],
  ["interact", "Do", "synonym"],
  ["place crafting table", "Place Table", "synonym"],
  ["plant the sapling", "Place Plant", "synonym"],
  ["craft a wooden pickaxe", "Make Wood Pickaxe", "synonym"],
  ["Make-Stone-Sword!", "Make Stone Sword", "form"],
])("%s is %s", (text, action, rule) => {
  expect(canonicalise(text)).toEqual({ action, rule });
});

describe("nothing is guessed", () => {
  test.each([
    "",
    "   ",
    "Move",
    "Move West then Do",
    "Make Pickaxe",
    "Place",
    "search",
    "constructor",
    "__proto__",
    "toString",
  ])("%j", (text) => {
    expect(canonicalise(text)).toEqual({ action: null, rule: "unknown" });
  });
});

test("I-27 any text gives a listed action or none", () => {
  const listed = new Set<string | null>([null, ...crafterActions.map(({ name }) => name)]);
  const words = fc.constantFrom("move", "west", "up", "Place", "make", "wood", "sword", "_", ".", "the", "constructor");
  const text = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 5 }).map((parts) => parts.join(" ")),
  );
  fc.assert(fc.property(text, (sample) => listed.has(canonicalise(sample).action)));
});
