import { nethackFamily } from "@metamem/native-env";
import { expect, test } from "vitest";
import { transcript } from "./transcript.ts";

/** What stands beside it is one thing each that a reader should see: how the game asks, answers, refuses and goes on. */
const actions: readonly (readonly [action: string, shows: string])[] = [
  ["look", "a command that takes no turn"],
  ["inventory", "a menu over the map"],
  ["esc", "and back"],
  ["drop", "a question for an item"],
  ["north", "north is the key k, which no item has: two pages, read on within one step"],
  ["esc", "the question left open"],
  ["kick", "a question for a direction"],
  ["southeast", "a wall"],
  ["2", "a number ..."],
  ["0", "... of two digits"],
  ["search", "and turns pass, until the hero is well again"],
  ["far east", "a walk that ends at a doorway"],
  ["far east", "a corridor"],
  ["down", "refused: the stairs are one step away"],
  ["east", "one step"],
  ["down", "the second level, and the first progress"],
  ["search", "a turn"],
  ["up", "back on the first level, which is as it was left"],
];

test("nethack, the challenge, from the first look to the second level and back", async () => {
  const [task] = nethackFamily.tasks;
  if (task === undefined) throw new Error("the family has no task");
  const names = actions.map(([action]) => action);
  const text = await transcript(nethackFamily, task, 216, names, { textOnly: true });
  const told = actions.reduce((all, [action, shows], step) => {
    return all.replace(`\nstep ${step}: ${action}\n`, `\nstep ${step}: ${action}    (${shows})\n`);
  }, text);
  await expect(told).toMatchFileSnapshot("./nethack-challenge.txt");
});
