import { describe, expect, test } from "vitest";
import { minihackInstruction } from "./instruction.ts";
import { minihackTasks } from "./tasks.ts";

const benchmark = [
  "MazeWalk-9x9",
  "MazeWalk-15x15",
  "Corridor-R3",
  "CorridorBattle-Dark",
  "Quest-Easy",
  "Quest-Medium",
  "Boxoban-Hard",
  "Boxoban-Medium",
];
const byId = new Map(minihackTasks.map((task) => [task.id, task]));

/** Names in the order in which the benchmark lists them (spec minihack §4.7). */
function names(id: string): string[] {
  return byId.get(id)?.actions.map(({ name }) => name) ?? [];
}

test("there are the benchmark's eight, and Boxoban on own levels, whose names say so", () => {
  expect([...byId.keys()]).toEqual([...benchmark, "Boxoban-Hard-own-levels", "Boxoban-Medium-own-levels"]);
  for (const [id, { title, options }] of byId) {
    const isOwn = JSON.stringify(options.level).includes('"own"');
    expect([id.includes("own"), title.includes("own levels")]).toEqual([isOwn, isOwn]);
  }
});

describe("actions", () => {
  test.each([
    ["Boxoban-Medium", "north east south west"],
    ["CorridorBattle-Dark", "north east south west northeast southeast southwest northwest"],
    ["Corridor-R3", "north east south west northeast southeast southwest northwest open kick search"],
  ])("%s", (id, listed) => {
    expect(names(id)).toEqual(listed.split(" "));
  });

  test("Quest: 32, among them no way to leave a question", () => {
    const listed = names("Quest-Medium");
    expect(listed).toHaveLength(32);
    expect(listed.slice(16)).toEqual(
      "down wait more apply close eat force kick loot open pickup pray puton quaff search zap".split(" "),
    );
  });

  test("north stands in for anything else", () => {
    for (const task of minihackTasks) expect(task.defaultAction).toBe("north");
    expect(byId.get("Corridor-R3")?.fallbackAction).toBe("search");
    expect(byId.get("MazeWalk-9x9")?.fallbackAction).toBe("north");
  });
});

test("settings are the benchmark's, spelled out", () => {
  const common = { autopickup: false, pet: false, spawnMonsters: false, maxSteps: 100, penaltyStep: -0.01 };
  for (const { options, maxSteps } of minihackTasks) {
    expect(options).toMatchObject(common);
    expect(maxSteps).toBe(100);
  }
  const characters = minihackTasks.filter(({ options }) => options.character !== "@").map(({ id }) => id);
  expect(characters).toEqual(["CorridorBattle-Dark", "Quest-Medium"]);
  const asking = minihackTasks.filter(({ options }) => options.keepsQuestions === true).map(({ id }) => id);
  expect(asking).toEqual(["Quest-Easy", "Quest-Medium"]);
});

test("instructions tell the goal and the limit", () => {
  for (const task of minihackTasks) {
    const { goal } = minihackInstruction(task);
    expect(goal).toContain("You have 100 steps");
    expect(goal.includes("fountains")).toBe(task.id.startsWith("Boxoban"));
  }
});
