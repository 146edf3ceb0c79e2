import { describe, expect, test } from "vitest";
import { canonicalise } from "./canonicalise.ts";
import { minihackTasks } from "./tasks.ts";

function task(id: string) {
  const found = minihackTasks.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no task ${id}`);
  return found;
}

test.each(minihackTasks.map((each) => [each.id, each] as const))("%s: listed names are themselves", (_, each) => {
  for (const { name } of each.actions) expect(canonicalise(name, each)).toEqual({ action: name, rule: "exact" });
});

describe("what is mended", () => {
  test.each([
    ["Corridor-R3", "Kick the door", "kick"],
    ["Corridor-R3", "^d", "kick"],
    ["MazeWalk-9x9", "k", "north"],
    ["MazeWalk-9x9", "go NE", "northeast"],
    ["Quest-Easy", "B", "far southwest"],
    ["Quest-Easy", "far_south", "far south"],
    ["Boxoban-Hard", "l", "east"],
  ])("%s: %j is %s", (id, text, action) => {
    const canonical = canonicalise(text, task(id));
    expect(canonical.action).toBe(action);
    expect(canonical.rule).not.toBe("exact");
  });
});

test.each([
  ["Boxoban-Hard", "northeast"],
  ["MazeWalk-9x9", "far north"],
  ["MazeWalk-9x9", "search"],
  ["Quest-Easy", "esc"],
  ["Quest-Easy", "5"],
])("%s: %j is no action of the task", (id, text) => {
  expect(canonicalise(text, task(id))).toEqual({ action: null, rule: "unknown" });
});
