import { describe, expect, test } from "vitest";
import { editDistance, nearest } from "./nearest.ts";

describe("editDistance", () => {
  test.each([
    ["", "", 0],
    ["note", "notes", 1],
    ["serach", "search", 1],
    ["reed", "read", 1],
    ["kitten", "sitting", 3],
    ["ab", "ba", 1],
  ] as const)("%s -> %s is %i", (a, b, distance) => {
    expect(editDistance(a, b, 9)).toBe(distance);
    expect(editDistance(b, a, 9)).toBe(distance);
  });

  test("gives up beyond the bound", () => {
    expect(editDistance("abcdef", "uvwxyz", 2)).toBe(3);
    expect(editDistance("a", "a".repeat(1000), 2)).toBe(3);
  });
});

describe("nearest", () => {
  const files = ["notes.txt", "maps/l1.txt", "a.txt"];
  test.each([
    ["note.txt", "notes.txt"],
    ["Notes.md", "notes.txt"],
    ["l1.txt", "maps/l1.txt"],
    ["map/l1.txt", "maps/l1.txt"],
    ["b.txt", null],
    ["inventory.txt", null],
  ] as const)("%s is near %s", (name, near) => {
    expect(nearest(name, files)).toBe(near);
  });

  test("the most alike one wins", () => {
    expect(nearest("notes.txt", ["votes.txt", "notes.md", "maps/notes.txt"])).toBe("votes.txt");
    expect(nearest("notes", ["vodes", "note"])).toBe("note");
  });
});
