import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockedBuildPackages, nativeHash, nativeSources } from "./native-hash.ts";

const lock = `"cmake-js": ["cmake-js@8.0.0", "", {}],
"node-addon-api": ["node-addon-api@8.9.2", "", {}],
"node-api-headers": ["node-api-headers@1.9.0", "", {}],`;

let folder: string;

function put(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-hash-"));
  put("CMakeLists.txt", "project(metamem)");
  put("crafter/world.cc", "int world;");
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("nativeHash", () => {
  test("is the same for the same content", () => {
    expect(nativeHash(folder, lock)).toBe(nativeHash(folder, lock));
  });

  test("changes with content, names and locked build packages", () => {
    const before = nativeHash(folder, lock);
    put("crafter/world.cc", "int world2;");
    const changed = nativeHash(folder, lock);
    renameSync(join(folder, "crafter/world.cc"), join(folder, "crafter/map.cc"));
    const renamed = nativeHash(folder, lock);
    const updated = nativeHash(folder, lock.replace("8.9.2", "8.9.3"));
    expect(new Set([before, changed, renamed, updated]).size).toBe(4);
  });

  test("does not see build outputs and installed packages", () => {
    const before = nativeHash(folder, lock);
    put("build/Release/metamem.node", "binary");
    put("build-asan/golden", "binary");
    put("node_modules/cmake-js/package.json", "{}");
    expect(nativeHash(folder, lock)).toBe(before);
    expect(nativeSources(folder)).toEqual(["CMakeLists.txt", "crafter/world.cc"]);
  });
});

test("an unlocked build package is said, not ignored", () => {
  expect(lockedBuildPackages("")).toEqual([
    "cmake-js is not locked",
    "node-addon-api is not locked",
    "node-api-headers is not locked",
  ]);
});
