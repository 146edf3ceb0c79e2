import { parseOps } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { readOn } from "../../player/note-files.ts";
import { readLines } from "../../player/notes.ts";
import { type MemoryFile, type PromptView, parsePrompt } from "../../player/parse-prompt.ts";
import { cellAt } from "./geometry.ts";
import { freshKnowledge } from "./knowledge.ts";
import { noteFiles } from "./note-files.ts";
import { encode } from "./notes.ts";

const empty = parsePrompt([], () => false);
const all = ["READ", "SEARCH", "TAIL", "UPSERT", "WRITE", "APPEND", "DONE"];

function file(name: string, more: Partial<MemoryFile> = {}): MemoryFile {
  return { name, empty: false, readOnly: false, description: "", ...more };
}

function view(files: readonly MemoryFile[], ops: readonly string[] = all): PromptView {
  return { ...empty, files, ops: new Set(ops) };
}

describe("which file", () => {
  test("by name, by description, else any that may be written, else one of its own", () => {
    const files = [
      file("rules.txt", { readOnly: true }),
      file("places.txt", { description: "where things are" }),
      file("log.txt"),
    ];
    expect(noteFiles.fileFor("map", files)).toBe("places.txt");
    expect(noteFiles.fileFor("state", [file("a.txt"), file("strategy.txt")])).toBe("strategy.txt");
    expect(noteFiles.fileFor("progress", [file("rules.txt", { readOnly: true }), file("log.txt")])).toBe("log.txt");
    expect(noteFiles.fileFor("map", [])).toBe("notes.txt");
  });

  test("reads each file once, skips empty ones, uses what is offered", () => {
    const files = [file("map.txt"), file("strategy.txt", { empty: true }), file("progress.txt")];
    expect(noteFiles.readAll(view(files))).toEqual(["<|READ|>map.txt<|END|>", "<|READ|>progress.txt<|END|>"]);
    expect(noteFiles.readAll(view([file("one.txt")], ["TAIL"]))).toEqual(["<|TAIL|>one.txt|100<|END|>"]);
    expect(noteFiles.readAll(view(files, ["ACTION"]))).toEqual([]);
  });

  test("what a result had no room for is asked for as the result says", () => {
    expect(readOn("row +01: -3 ..\n[cut: go on with <|READ|>map.txt|401-800<|END|>]")).toEqual([
      "<|READ|>map.txt|401-800<|END|>",
    ]);
    expect(readOn("[cut: narrow it down with AND, or search fewer files]")).toEqual([]);
  });
});

describe("what is written", () => {
  const files = [file("map_notes.txt"), file("crafting_progress.txt"), file("strategy.txt")];
  const before = { ...freshKnowledge(true), step: 3, cow: cellAt(1, 1) };
  const stored = readLines(
    Object.values(encode(before))
      .map((lines) => [...lines].map(([key, value]) => `${key}: ${value}`).join("\n"))
      .join("\n"),
  );

  test("nothing when nothing changed; one line per changed fact; what is gone says so", () => {
    expect(noteFiles.writeChanges(view(files), stored, encode(before))).toEqual([]);
    const later = { ...before, step: 4, cow: null, done: new Map([["eat_cow", 4]]) };
    const ops = noteFiles.writeChanges(view(files), stored, encode(later));
    expect(ops.map((op) => op.split("|").slice(1, 4).join(" "))).toEqual([
      "UPSERT >strategy.txt position",
      "UPSERT >map_notes.txt cow",
      "UPSERT >crafting_progress.txt eat_cow",
    ]);
    expect(ops[1]).toContain("gone");
  });

  test("a new row redraws the map; without UPSERT files are written whole, or lines added", () => {
    const later = { ...before, grid: before.grid.slice() };
    later.grid[cellAt(0, 0)] = 1;
    expect(noteFiles.writeChanges(view(files), stored, encode(later)).map((op) => parseOps(op)[0]?.name)).toEqual([
      "WRITE",
    ]);
    const moved = { ...before, at: cellAt(0, 1) };
    expect(
      noteFiles.writeChanges(view(files, ["WRITE"]), stored, encode(moved)).map((op) => parseOps(op)[0]?.name),
    ).toEqual(["WRITE"]);
    expect(
      noteFiles
        .writeChanges(view([file("one.txt")], ["WRITE", "APPEND"]), stored, encode(moved))
        .map((op) => parseOps(op)[0]?.name),
    ).toEqual(["APPEND"]);
    expect(noteFiles.writeChanges(view(files, ["DONE"]), stored, encode(moved))).toEqual([]);
  });
});
