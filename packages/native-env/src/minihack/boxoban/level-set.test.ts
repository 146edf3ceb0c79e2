import { SetupError, UsageError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { sampleFiles, sampleRows, UserFolder } from "./fixtures.ts";
import { difficulties } from "./level.ts";
import { chooseLevel, openLevelSet, publicLevelsAt } from "./level-set.ts";
import { PythonRandom } from "./python-random.ts";

describe("a folder of public levels", () => {
  test("is used when the task names it, file after file by name", () => {
    using user = new UserFolder();
    const set = openLevelSet({ difficulty: "hard", source: "public", folder: user.write("levels", sampleFiles) });
    const all = Array.from({ length: set.count }, (_, index) => set.level(index));
    expect(all.map(({ id }) => id)).toEqual([
      "hard/000.txt#0",
      "hard/000.txt#1",
      "hard/000.txt#2",
      "hard/001.txt#0",
      "hard/001.txt#1",
    ]);
    expect(all.map(({ rows }) => rows)).toEqual([0, 1, 2, 3, 4].map(sampleRows));
  });

  test("is used when the environment variable names it", () => {
    using user = new UserFolder();
    process.env.METAMEM_BOXOBAN = user.write("levels", sampleFiles);
    expect(openLevelSet({ difficulty: "medium", source: "public" }).count).toBe(5);
    expect(publicLevelsAt("medium")).toBe(user.in("levels"));
  });

  test("is played in the order a file gives, which changes what an index means", () => {
    using user = new UserFolder();
    const folder = user.write("levels", { ...sampleFiles, order: "hard/001.txt\nhard/000.txt\n" });
    const sorted = openLevelSet({ difficulty: "hard", source: "public", folder });
    const given = openLevelSet({ difficulty: "hard", source: "public", folder, order: user.in("levels/order") });
    expect(given.level(0).id).toBe("hard/001.txt#0");
    expect(given.level(4).id).toBe("hard/000.txt#2");
    expect(given.hash).not.toBe(sorted.hash);
    expect(given.label).toContain("in the given order");
    // The order names no file of the other collection.
    const medium = openLevelSet({ difficulty: "medium", source: "public", folder, order: user.in("levels/order") });
    expect(medium.level(0).id).toBe("medium/train/000.txt#0");
  });

  test.each([
    ["hard/000.txt\n", "does not name hard/001.txt"],
    ["hard/000.txt\nhard/001.txt\nhard/002.txt\n", "names hard/002.txt, which is not there"],
    ["hard/000.txt\n\nhard/000.txt\n", "line 3 repeats a file"],
    ["000.txt\n", "line 1 names no file like hard/002.txt"],
  ])("an order that does not fit is refused: %j", (order, message) => {
    using user = new UserFolder();
    const folder = user.write("levels", { ...sampleFiles, order });
    const open = () => openLevelSet({ difficulty: "hard", source: "public", folder, order: user.in("levels/order") });
    expect(open).toThrow(UsageError);
    expect(open).toThrow(message);
  });

  test("is never called the published collection unless it is", () => {
    using user = new UserFolder();
    const set = openLevelSet({ difficulty: "hard", source: "public", folder: user.write("levels", sampleFiles) });
    expect(set.label).toBe("other Boxoban levels, hard");
  });

  test("that is missing is a set-up error that says what to do", () => {
    using user = new UserFolder();
    const open = () => openLevelSet({ difficulty: "hard", source: "public" });
    expect(open).toThrow(SetupError);
    expect(open).toThrow("metamem data boxoban --from");
    expect(publicLevelsAt("hard", user.path)).toBeNull();
  });

  test("has no level beyond its last", () => {
    using user = new UserFolder();
    const set = openLevelSet({ difficulty: "hard", source: "public", folder: user.write("levels", sampleFiles) });
    for (const index of [-1, 5, 0.5, Number.NaN]) expect(() => set.level(index)).toThrow("there are 0 to 4");
  });
});

describe("own levels", () => {
  test.each(difficulties)(
    "%s: there are a thousand without anything set up, and they say what they are",
    (difficulty) => {
      using _user = new UserFolder();
      const set = openLevelSet({ difficulty, source: "own" });
      expect(set).toMatchObject({ count: 1000, label: `own levels, ${difficulty}`, source: "own" });
      expect(set.level(999).id).toBe(`own-${difficulty}#999`);
    },
  );

  test("are chosen as public ones are", () => {
    const set = openLevelSet({ difficulty: "hard", source: "own" });
    const index = new PythonRandom(42).choice(1000);
    expect(chooseLevel(set, 42)).toEqual({ index, level: set.level(index) });
  });
});
