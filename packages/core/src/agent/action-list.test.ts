import { expect, test } from "vitest";
import { actionList } from "./action-list.ts";

test("every action is named; neighbours that do the same share a line", () => {
  const act = (name: string, description: string) => ({ name, description });
  const actions = [act("up", "climb"), act("a", "a key"), act("b", "a key"), act("down", "descend"), act("c", "a key")];
  expect(actionList(actions).split("\n")).toEqual([
    "Game actions:",
    "- up: climb",
    "- a, b: a key",
    "- down: descend",
    "- c: a key",
  ]);
});
