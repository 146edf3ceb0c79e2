import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@metamem/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MinihackEnvironment } from "./environment.ts";
import { minihackInstruction } from "./instruction.ts";
import { readTaskFile } from "./task-file.ts";
import { minihackTasks } from "./tasks.ts";

const level = `MAZE: "mylevel", ' '
FLAGS:hardfloor
INIT_MAP: solidfill,' '
GEOMETRY:center,center
MAP
-----
|...|
-----
ENDMAP
REGION:(0,0,5,3),lit,"ordinary"
BRANCH:(1,1,1,1),(0,0,0,0)
STAIR:(3,1),down
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-task-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function read(settings?: string) {
  if (settings !== undefined) put("hall.toml", settings);
  return readTaskFile(put("hall.des", level));
}

describe("a level's file", () => {
  test("is a task, with the benchmark's settings where nothing else is said", () => {
    const task = read();
    expect(task).toMatchObject({ id: "hall.des", maxSteps: 100, defaultAction: "north" });
    expect(task.actions).toHaveLength(8);
    expect(task.options).toMatchObject({ level: { from: "des", text: level }, goal: "staircase", autopickup: false });
  });

  test("can be played to its end", () => {
    const environment = new MinihackEnvironment(read('actions = ["west", "east"]\nmaxSteps = 7'));
    environment.reset({ seed: 1 });
    expect(environment.step("east").terminated).toBe(false);
    expect(environment.step("east")).toMatchObject({ terminated: true, truncated: false });
    expect(environment.progress()).toMatchObject({ endReason: "success" });
    environment.close();
  });

  test("with the settings beside it", () => {
    const settings = ['title = "A hall"', 'actions = "doors"', "maxSteps = 30", 'character = "kni-hum-law-fem"'];
    const task = read(settings.join("\n"));
    expect(task).toMatchObject({ title: "A hall", maxSteps: 30, fallbackAction: "search" });
    expect(task.options).toMatchObject({ character: "kni-hum-law-fem", maxSteps: 30 });
    expect(read('actions = ["east", "west"]').defaultAction).toBe("east");
  });
});

test("who pushes boulders on a level of one's own is not told that there are four", () => {
  const ofOwn = minihackInstruction(read('goal = "boulders"')).goal;
  expect(ofOwn).toContain("Push a boulder (`) onto each fountain");
  expect(ofOwn).not.toMatch(/four|iron bars/);
  const boxoban = minihackTasks.find(({ id }) => id === "Boxoban-Hard");
  expect(boxoban && minihackInstruction(boxoban).goal).toContain("the four boulders (`) onto the four fountains");
});

describe("what is wrong is told with its place:", () => {
  test.each([
    ['actions = ["east", "fly"]', "hall.toml: actions.1: there is no action 'fly'"],
    ['actions = ["east", "east"]', "hall.toml: actions: "],
    ["maxSteps = 0", "hall.toml: maxSteps: "],
    ['character = "vak-hum-neu-fem"', "hall.toml: character: must be like mon-hum-neu-mal or @"],
    ['character = "val-hum-hum-fem"', "hall.toml: character: must be like mon-hum-neu-mal or @"],
    ["steps = 10", "hall.toml: settings: "],
    ["maxSteps = ", "hall.toml: no TOML: "],
  ])("%j", (settings, message) => {
    expect(() => read(settings)).toThrow(UsageError);
    expect(() => read(settings)).toThrow(message);
  });

  test("a level that does not compile", () => {
    const path = put("broken.des", level.replace("STAIR:(3,1),down", "STAIRWAY:(3,1),down"));
    expect(() => readTaskFile(path)).toThrow("broken.des:12: ");
  });

  test("a level that is too long to be recorded with every episode", () => {
    const path = put("long.des", `${level}${"# a comment\n".repeat(10_000)}`);
    expect(() => readTaskFile(path)).toThrow(UsageError);
  });

  test("a file that is not there", () => {
    expect(() => readTaskFile(join(folder, "none.des"))).toThrow(UsageError);
  });
});
