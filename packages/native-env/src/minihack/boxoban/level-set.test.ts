import { SetupError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { sampleFiles, sampleRows, UserFolder } from "./fixtures.ts";
import { difficulties } from "./level.ts";
import { chooseLevel, openLevelSet, publicLevelsAt } from "./level-set.ts";
import { PythonRandom } from "./python-random.ts";

describe("a folder of public levels", () => {
  /** The hard levels of a folder that the environment variable names. */
  function hardLevels(user: UserFolder) {
    process.env.METAMEM_BOXOBAN = user.write("levels", sampleFiles);
    return openLevelSet({ difficulty: "hard", source: "public" });
  }

  test("is used when the environment variable names it, file after file by name", () => {
    using user = new UserFolder();
    const set = hardLevels(user);
    expect(publicLevelsAt("medium")).toBe(user.in("levels"));
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

  test("is never called the published collection unless it is", () => {
    using user = new UserFolder();
    const set = hardLevels(user);
    expect(set.label).toBe("other Boxoban levels, hard");
  });

  test("that is missing is a set-up error that says what to do", () => {
    using user = new UserFolder();
    const open = () => openLevelSet({ difficulty: "hard", source: "public" });
    expect(open).toThrow(SetupError);
    expect(open).toThrow("metamem data boxoban --from");
    process.env.METAMEM_BOXOBAN = user.path;
    expect(open).toThrow(`no hard Boxoban levels in ${user.path}`);
  });

  test("has no level beyond its last", () => {
    using user = new UserFolder();
    const set = hardLevels(user);
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
