import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@metamem/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkFree, createFolder, removeFresh } from "./episode-folder.ts";

let place = "";

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "episode-folder-"));
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

test("a missing or an empty folder is free, anything else is not", () => {
  checkFree(join(place, "new"));
  checkFree(place);
  writeFileSync(join(place, "header.json"), "{}");
  expect(() => checkFree(place)).toThrow(`continue the episode in it with --resume ${place}`);
  expect(() => checkFree(join(place, "header.json"))).toThrow("is a file");
});

test("a failed start removes the folders it made, parents too, and no others", () => {
  const fresh = createFolder(join(place, "a", "b"));
  removeFresh(fresh, new Error("disk full"));
  expect(existsSync(join(place, "a"))).toBe(false);

  mkdirSync(join(place, "mine"));
  removeFresh(createFolder(join(place, "mine")), new Error("disk full"));
  expect(existsSync(join(place, "mine"))).toBe(true);
});

test("what another process began to write is left alone", () => {
  const fresh = createFolder(join(place, "run"));
  removeFresh(fresh, new UsageError("episode_busy", "another process writes there"));
  expect(existsSync(fresh.folder)).toBe(true);
});

test("a folder that cannot be made is a set-up error with advice", () => {
  writeFileSync(join(place, "file"), "");
  expect(() => createFolder(join(place, "file", "run"))).toThrow("name another one with --out");
});
