import { minihackFamily } from "@metamem/native-env";
import { expect, test } from "vitest";
import { transcript } from "./transcript.ts";

/** What stands beside it is one thing each that a reader should see: how a quest's pile, questions and lava are dealt with. */
const actions: readonly (readonly [action: string, shows: string])[] = [
  ["pickup", "two things lie here: their menu closes by itself"],
  ["east", "one step off the pile"],
  ["kick", "a question for a direction"],
  ["west", "the topmost thing slides to the wall"],
  ["west", "a thing that lies alone"],
  ["pickup", "is picked up without a menu"],
  ["west", "the other one"],
  ["pickup", "it gets the letter h"],
  ["east", "on the way to the lava"],
  ["east", "two"],
  ["east", "three"],
  ["east", "four steps"],
  ["apply", "a question for an item"],
  ["west", "whose key is h: the horn"],
  ["northwest", "whose key is y: yes"],
  ["east", "the lava freezes"],
  ["far east", "over it, as far as nothing is in the way"],
];

test("minihack, the easy quest, from the pile to the other side of the lava", async () => {
  const task = minihackFamily.tasks.find(({ id }) => id === "Quest-Easy");
  if (task === undefined) throw new Error("the family has no such task");
  const names = actions.map(([action]) => action);
  const text = await transcript(minihackFamily, task, 43, names, { textOnly: true });
  const told = actions.reduce((all, [action, shows], step) => {
    return all.replace(`\nstep ${step}: ${action}\n`, `\nstep ${step}: ${action}    (${shows})\n`);
  }, text);
  await expect(told).toMatchFileSnapshot("./minihack-quest-easy.txt");
});
