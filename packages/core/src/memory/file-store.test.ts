import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StoreError } from "../errors.ts";
import { openMemoryStore } from "./file-store.ts";
import { memoryFromImage } from "./image-store.ts";
import type { MemoryStore } from "./store.ts";

let root = "";
let directory = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "metamem-memory-"));
  directory = join(root, "memory");
});
afterEach(() => rmSync(root, { recursive: true }));

const roomy = { limits: { fileBytes: 64 * 1024 * 1024, totalBytes: 64 * 1024 * 1024 } };

function fault(result: object): unknown {
  return "fault" in result ? result.fault : "none";
}

/** Every op on a name, for names that must be refused. */
function everyOp(store: MemoryStore, name: string): unknown[] {
  return [
    store.read(name),
    store.tail(name, 1),
    store.search(name, [["secret"]]),
    store.count(name, [["secret"]]),
    store.append(name, "x"),
    store.write(name, "x"),
    store.create(name, "x"),
    store.replace(name, "secret", "x"),
    store.upsert(name, "k", "v"),
    store.delete(name),
  ].map(fault);
}

describe("links", () => {
  test("a planted link to a file is refused for reading and writing, and its target stays untouched", () => {
    const outside = join(root, "outside.txt");
    writeFileSync(outside, "secret\n");
    const store = openMemoryStore(directory);
    store.write("real.txt", "x");
    symlinkSync(outside, join(directory, "link.txt"));
    const faults = everyOp(store, "link.txt");
    expect(faults.every((each) => each === "not_found" || each === "bad_name")).toBe(true);
    expect(openMemoryStore(directory).list()).toMatchObject({ files: [{ name: "real.txt" }] });
    expect(readFileSync(outside, "utf8")).toBe("secret\n");
  });

  test("a file that was replaced by a link is no longer read", () => {
    const outside = join(root, "outside.txt");
    writeFileSync(outside, "secret\n");
    const store = openMemoryStore(directory);
    store.write("a.txt", "public");
    rmSync(join(directory, "a.txt"));
    symlinkSync(outside, join(directory, "a.txt"));
    expect(new Set(everyOp(store, "a.txt"))).toEqual(new Set(["bad_name"]));
    expect(fault(store.search("*", [["secret"]]))).toBe("bad_name");
    expect(readFileSync(outside, "utf8")).toBe("secret\n");
  });

  test("a folder that is a link leads nowhere", () => {
    const outside = join(root, "outside");
    mkdirSync(outside);
    writeFileSync(join(outside, "a.txt"), "secret\n");
    const store = openMemoryStore(directory);
    symlinkSync(outside, join(directory, "maps"));
    expect(everyOp(store, "maps/a.txt").every((each) => each === "not_found" || each === "bad_name")).toBe(true);
    expect(fault(store.create("maps/b.txt", "x"))).toBe("bad_name");
    expect(fault(store.list("maps/"))).toBe("not_found");
    expect(readdirSync(outside)).toEqual(["a.txt"]);
  });
});

describe("opening a directory", () => {
  test("finds what was written, and removes what is empty or half-written", () => {
    const store = openMemoryStore(directory);
    store.write("maps/a.txt", "x");
    const hash = store.hash();
    writeFileSync(join(directory, ".half-maps,a.txt"), "hal");
    writeFileSync(join(directory, ".hidden"), "not ours");
    mkdirSync(join(directory, "empty/deeper"), { recursive: true });
    expect(openMemoryStore(directory).hash()).toBe(hash);
    expect(readdirSync(directory).sort()).toEqual([".hidden", "maps"]);
  });

  test("a kill between taking away the old content and putting in the new one loses nothing", () => {
    const store = openMemoryStore(directory);
    store.write("maps/a.txt", "old");
    store.write("b.txt", "old");
    rmSync(join(directory, "maps/a.txt"));
    writeFileSync(join(directory, ".whole-maps,a.txt"), "new\n");
    writeFileSync(join(directory, ".whole-b.txt"), "new\n");
    expect(openMemoryStore(directory).image().files).toEqual({ "maps/a.txt": "new\n", "b.txt": "new\n" });
    expect(readdirSync(directory).sort()).toEqual(["b.txt", "maps"]);
  });

  test("what poses as such a left-over cannot leave the directory", () => {
    mkdirSync(directory);
    mkdirSync(join(root, "outside"));
    symlinkSync(join(root, "outside"), join(directory, "maps"));
    writeFileSync(join(directory, ".whole-..,outside,a.txt"), "x");
    writeFileSync(join(directory, ".whole-maps,a.txt"), "x");
    expect(openMemoryStore(directory).image().files).toEqual({});
    expect(readdirSync(join(root, "outside"))).toEqual([]);
  });

  test("files of other origin are taken as they are; appending ends an open last line first", () => {
    mkdirSync(directory);
    writeFileSync(join(directory, "a.txt"), "\ufeffopen\r\nend");
    const store = openMemoryStore(directory);
    const appended = store.append("a.txt", "next");
    expect(store.image().files).toEqual({ "a.txt": "\ufeffopen\r\nend\nnext\n" });
    expect(appended).toMatchObject({ lines: 1, delta: { text: "\nnext\n" } });
    expect(openMemoryStore(directory).hash()).toBe(store.hash());
  });

  test("a tag in a file of other origin does not hinder edits elsewhere in it", () => {
    mkdirSync(directory);
    writeFileSync(join(directory, "a.txt"), "cow\nuse <|READ|>\nlake\nk: v\n");
    const store = openMemoryStore(directory);
    const results = [
      store.delete("a.txt", [["cow"]]),
      store.upsert("a.txt", "k", "w"),
      store.replace("a.txt", "lake", "pond"),
    ];
    expect(results.map(fault)).toEqual(["none", "none", "none"]);
    expect(fault(store.replace("a.txt", "use", "try"))).toBe("op_tag");
  });

  test.each([
    ["Notes.txt", "x"],
    ["a b.txt", "x"],
    ["a.txt", Buffer.from([0xff, 0xfe])],
  ])("%s with %j is an error", (name, content) => {
    mkdirSync(directory);
    writeFileSync(join(directory, name), content);
    expect(() => openMemoryStore(directory)).toThrow(StoreError);
    expect(existsSync(join(directory, name))).toBe(true);
  });

  test("what is larger than the limits now can be read and shortened, not grown", () => {
    openMemoryStore(directory).write("a.txt", "0123456789\nabc\ndef");
    const store = openMemoryStore(directory, { limits: { fileBytes: 5, totalBytes: 5 } });
    expect(store.read("a.txt")).toMatchObject({ total: 3 });
    expect(fault(store.append("a.txt", "x"))).toBe("over_limit");
    expect(fault(store.delete("a.txt", [["abc"]]))).toBe("none");
  });

  test("an image can be built on disk, in an empty directory", () => {
    const image = { files: { "maps/a.txt": "x\n", "b.txt": "" } };
    const store = memoryFromImage(image, { directory });
    expect(openMemoryStore(directory).hash()).toBe(store.hash());
    expect(store.hash()).toBe(memoryFromImage(image).hash());
    expect(() => memoryFromImage(image, { directory })).toThrow(/already holds a memory/);
  });

  test("a directory that cannot be used is an error", () => {
    writeFileSync(directory, "a file");
    expect(() => openMemoryStore(directory)).toThrow(/cannot open the memory directory/);
  });

  test("a file lost under the store is an error of the disk", () => {
    const store = openMemoryStore(directory);
    store.write("a.txt", "x");
    rmSync(join(directory, "a.txt"));
    expect(() => store.read("a.txt")).toThrow(StoreError);
    expect(() => store.append("a.txt", "y")).toThrow(StoreError);
  });
});

describe("large files", () => {
  test("are mapped, and every change leaves earlier mappings valid", () => {
    const store = openMemoryStore(directory, roomy);
    const lines = Array.from({ length: 40_000 }, (_value, index) => `line ${index} of many`);
    store.write("big.txt", lines.join("\n"));
    const count = (keyword: string) => store.count("big.txt", [[keyword]]);
    expect(count("MANY")).toMatchObject({ matches: 40_000 });
    store.append("big.txt", "many more");
    expect(count("many")).toMatchObject({ matches: 40_001 });
    expect(store.tail("big.txt", 1)).toMatchObject({ lines: [{ line: 40_001, text: "many more" }] });
    expect(store.read("big.txt", { from: 20_000, to: 20_000 })).toMatchObject({
      lines: [{ text: "line 19999 of many" }],
    });
    store.replace("big.txt", "line 77 of many", "gone");
    expect(count("many")).toMatchObject({ matches: 40_000 });
    store.delete("big.txt", [["many"]]);
    expect(store.read("big.txt")).toMatchObject({ total: 1, lines: [{ text: "gone" }] });
    store.write("big.txt", "");
    expect(store.read("big.txt")).toMatchObject({ total: 0 });
    expect(openMemoryStore(directory, roomy).hash()).toBe(store.hash());
  });

  test("appends find the file's old lines after opening again", () => {
    const store = openMemoryStore(directory, roomy);
    store.write("big.txt", Array.from({ length: 40_000 }, (_value, index) => `line ${index}`).join("\n"));
    const again = openMemoryStore(directory, roomy);
    expect(again.append("big.txt", "LINE 39999\nstep 3: line 0")).toMatchObject({ repeat: true });
    expect(again.append("big.txt", "line 40000")).toMatchObject({ repeat: false });
    expect(again.append("big.txt", "line 40000")).toMatchObject({ repeat: true });
  });
});
