import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openMemoryStore } from "./file-store.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-staged-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = (name: string) => readFileSync(join(folder, name), "utf8");

test("what was staged is on disk with the first use after staging, and later changes follow", () => {
  let staging = true;
  const store = openMemoryStore(folder, { staging: () => staging });
  store.append("notes.txt", "one");
  store.append("notes.txt", "two");
  store.write("maps/first.txt", "cow north");
  store.write("gone.txt", "x");
  store.delete("gone.txt");
  expect(existsSync(join(folder, "notes.txt"))).toBe(false);
  const { storeHash } = store.image();
  staging = false;
  store.append("notes.txt", "three");
  expect(text("notes.txt")).toBe("one\ntwo\nthree\n");
  expect(text("maps/first.txt")).toBe("cow north\n");
  expect(existsSync(join(folder, "gone.txt"))).toBe(false);
  expect(store.hash()).not.toBe(storeHash);
  const hash = store.hash();
  store.close();
  const again = openMemoryStore(folder);
  expect(again.hash()).toBe(hash);
  again.close();
});

test("closing while staging writes everything", () => {
  const store = openMemoryStore(folder, { staging: () => true });
  store.write("notes.txt", "one");
  store.upsert("notes.txt", "two", "2");
  store.close();
  expect(text("notes.txt")).toBe("one\ntwo: 2\n");
});

test("a directory that holds files is not staged", () => {
  const before = openMemoryStore(folder);
  before.write("notes.txt", "one");
  before.close();
  const store = openMemoryStore(folder, { staging: () => true });
  store.append("notes.txt", "two");
  expect(text("notes.txt")).toBe("one\ntwo\n");
  store.close();
});
