/** Where NetHack's sources come from, as far as it can be tried without a network. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contentHash, nethackSource, nethackSourceIsMissing } from "./nethack-source.ts";

let folder: string;
const before = { given: process.env.METAMEM_NETHACK_SOURCE, cache: process.env.XDG_CACHE_HOME };

function put(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-source-"));
  process.env.XDG_CACHE_HOME = join(folder, "cache");
});

afterEach(() => {
  restore("METAMEM_NETHACK_SOURCE", before.given);
  restore("XDG_CACHE_HOME", before.cache);
  rmSync(folder, { recursive: true });
});

describe("contentHash", () => {
  test("covers names and contents of the given folders, and nothing else", () => {
    put("src/a.c", "int a;");
    put("doc/manual", "text");
    const hash = contentHash(folder, ["src"]);
    put("doc/manual", "other text");
    expect(contentHash(folder, ["src"])).toBe(hash);
    put("src/a.c", "int b;");
    const changed = contentHash(folder, ["src"]);
    put("src/sub/b.c", "");
    expect(new Set([hash, changed, contentHash(folder, ["src"])]).size).toBe(3);
  });

  test("is empty where a folder is missing", () => {
    expect(contentHash(folder, ["src"])).toBe("");
  });
});

describe("a given source", () => {
  test("needs no download", () => {
    delete process.env.METAMEM_NETHACK_SOURCE;
    expect(nethackSourceIsMissing()).toBe(true);
    process.env.METAMEM_NETHACK_SOURCE = folder;
    expect(nethackSourceIsMissing()).toBe(false);
  });

  test.each([
    ["a folder without the sources", () => folder, "does not hold the sources"],
    ["another file", () => join(folder, "other.tar.gz"), "is not the archive"],
    ["nothing", () => join(folder, "nowhere"), "does not exist"],
  ])("that is %s is refused in one line", async (_, path, message) => {
    put("other.tar.gz", "not an archive");
    process.env.METAMEM_NETHACK_SOURCE = path();
    await expect(nethackSource()).rejects.toThrow(message);
  });
});
