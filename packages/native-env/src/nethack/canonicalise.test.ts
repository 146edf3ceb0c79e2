import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nethackActions } from "./actions.ts";
import { canonicalise } from "./canonicalise.ts";

describe("listed names", () => {
  test("are themselves, in their case", () => {
    for (const { name } of nethackActions) expect(canonicalise(name)).toEqual({ action: name, rule: "exact" });
  });

  test("a bare letter is a key, not a direction or another case", () => {
    expect(canonicalise("n").action).toBe("n");
    expect(canonicalise("N").action).toBe("N");
    expect(canonicalise(" d ").action).toBe("d");
    expect(canonicalise('"Y"').action).toBe("Y");
  });
});

describe("what is mended", () => {
  test.each<[string, string, string]>([
    ["North", "north", "form"],
    ["far_northeast", "far northeast", "form"],
    ["FAR EAST.", "far east", "form"],
    ["`kick`", "kick", "form"],
    ["<esc>", "esc", "form"],
    ["^d", "kick", "key"],
    ["Ctrl-d", "kick", "key"],
    ["M-p", "pray", "key"],
    ["M-r", "rub", "key"],
    ["M-R", "ride", "key"],
    [">", "down", "key"],
    [",", "pickup", "key"],
    ["#pray", "pray", "extended-command"],
    ["#turn", "turnundead", "extended-command"],
    ["ne", "northeast", "synonym"],
    ["go north", "north", "synonym"],
    ["move to the North-West", "northwest", "synonym"],
    ["run SE", "far southeast", "synonym"],
    ["attack west", "west", "synonym"],
    ["Descend", "down", "synonym"],
    ["yes", "y", "synonym"],
    ["drink", "quaff", "synonym"],
    ["pick up", "pickup", "synonym"],
    ["kick door north", "kick", "command-only"],
    ["eat d", "eat", "command-only"],
    ["fight north", "fight", "command-only"],
    ["put on the ring", "puton", "command-only"],
    ["Open the door to the east", "open", "command-only"],
  ])("%s", (text, action, rule) => {
    expect(canonicalise(text)).toEqual({ action, rule });
  });
});

describe("what stays unknown", () => {
  test.each([
    "",
    "-",
    "_",
    "'",
    "00",
    "overview",
    "#overview",
    "quit",
    "save",
    "north north",
    "north, then east",
    "dance",
    "up the hill",
  ])("%j", (text) => expect(canonicalise(text).action).toBeNull());

  test("whatever comes, the answer is a listed action or null", () => {
    const names = new Set(nethackActions.map(({ name }) => name));
    const words = fc.array(fc.constantFrom(...names, "go", "#", "<", "far", '"', "M-", "the"), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          words.map((list) => list.join(" ")),
        ),
        (text) => {
          const { action } = canonicalise(text);
          expect(action === null || names.has(action)).toBe(true);
        },
      ),
    );
  });
});
