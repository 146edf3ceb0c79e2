import { fileURLToPath } from "node:url";
import { initialText, loadBundle, type Observation } from "@metamem/core";
import { nethackFamily } from "@metamem/native-env";
import { afterAll, describe, expect, test } from "vitest";

/** The reference files that memory-v0 gives to NetHack players must be true: each fact checked here is tried in the game. */

const bundle = loadBundle(fileURLToPath(new URL("../../seeds/scaffolds/memory-v0", import.meta.url)));
const rules = initialText(bundle, "nethack", "game_rules.txt");
const symbols = initialText(bundle, "nethack", "nethack_symbols.txt");

test("both files are there, other files begin empty", () => {
  expect(rules).toContain("HOW ACTIONS WORK");
  expect(symbols).toContain("THE MAP");
  for (const { name, families, kind } of bundle.manifest.files)
    if (families?.includes("nethack") && kind !== "reference") expect(initialText(bundle, "nethack", name)).toBe("");
});

test("no other game gets them", () => {
  expect(initialText(bundle, "crafter", "game_rules.txt")).toBe("");
});

test("every action they name is one", () => {
  const actions = new Set(nethackFamily.tasks[0]?.actions.map(({ name }) => name));
  for (const name of [
    "pickup",
    "wield",
    "throw",
    "fire",
    "eat",
    "pray",
    "kick",
    "search",
    "more",
    "space",
    "esc",
    "y",
    "n",
  ])
    expect(actions).toContain(name);
  expect(actions).not.toContain("-");
});

const [task] = nethackFamily.tasks;
if (task === undefined) throw new Error("NetHack has no task");

/** Plays a healer, who carries potions and apples, in a room with space to the west. */
async function play(...actions: readonly string[]): Promise<Observation> {
  if (task === undefined) throw new Error("NetHack has no task");
  const game = await nethackFamily.open({ ...task, options: { ...task.options, character: "hea-gno-neu-fem" } });
  closing.push(() => game.close());
  let seen = await game.reset({ seed: 38 });
  for (const action of actions) seen = (await game.step(action)).observation;
  return seen;
}
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

const features = ({ features }: Observation) => features as { readonly inventory: string; readonly message: string };

describe("in the game", () => {
  test("a number repeats the command after it", async () => {
    expect(rules).toContain("2, then 0, then search");
    const { turn } = await play("2", "0", "search");
    expect(turn).toBeGreaterThan(10);
  });

  test("only gold, scrolls, potions and wands are picked up by walking over them", async () => {
    expect(rules).toContain("Only gold ($), scrolls (?), potions (!) and wands (/) are picked up");
    const { shortTerm } = await play();
    const letterOf = (thing: RegExp) => thing.exec(shortTerm)?.[1] ?? "?";
    const [potion, food] = [letterOf(/^(\w): .*potion/m), letterOf(/^(\w): .*apple/m)];
    for (const [letter, comesBack] of [
      [potion, true],
      [food, false],
    ] as const) {
      // One apple of several would ask for no number: drop takes the whole stack.
      const dropped = await play("drop", letter);
      expect(features(dropped).inventory).not.toContain(letter);
      const back = await play("drop", letter, "west", "east");
      expect(features(back).inventory.includes(letter)).toBe(comesBack);
    }
  });

  test("doors, questions and lists are answered as the rules say", async () => {
    expect(features(await play("kick")).message).toBe("In what direction?");
    expect(features(await play("eat")).message).toMatch(/^What do you want to eat\? \[.+ or \?\*\]$/);
    expect(features(await play("pray")).message).toContain("[yn]");
    expect(features(await play("inventory")).message).toMatch(/\((end|1 of \d)\)$/);
  });
});
