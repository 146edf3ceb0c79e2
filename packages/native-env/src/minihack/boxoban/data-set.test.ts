import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { UsageError } from "@metamem/core";
import { describe, expect, test } from "vitest";
import { boxobanDataSet } from "./data-set.ts";
import { sampleFiles, sampleRows, sampleText, UserFolder } from "./fixtures.ts";
import { tarArchive, zipArchive } from "./import/archive-fixtures.ts";
import { openLevelSet, storedPath } from "./level-set.ts";
import { LevelIndex, openStoredSet } from "./packed-set.ts";

/** As archives of a repository are: everything in one folder, with files that are no levels. */
const archived = Object.fromEntries(
  Object.entries({ ...sampleFiles, "README.md": "# Levels\n", "medium/valid/000.txt": "not looked at" }).map(
    ([name, text]) => [`boxoban-levels-master/${name}`, text],
  ),
);

const copies: Readonly<Record<string, (user: UserFolder) => string>> = {
  "a folder": (user) => user.write("levels", sampleFiles),
  "a zip archive": (user) => save(user, "levels.zip", zipArchive(archived)),
  "a zip archive, stored": (user) => save(user, "levels.zip", zipArchive(archived, 0)),
  "a tar archive": (user) => save(user, "levels.tar", tarArchive(archived)),
  "a compressed tar archive": (user) => save(user, "levels.tar.gz", gzipSync(tarArchive(archived))),
};

function save(user: UserFolder, name: string, bytes: Uint8Array): string {
  writeFileSync(user.in(name), bytes);
  return user.in(name);
}

/** The size that its last record gives the directory, halved. */
function withHalfDirectory(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive);
  bytes.writeUInt32LE(bytes.readUInt32LE(bytes.length - 10) >> 1, bytes.length - 10);
  return bytes;
}

function storedLevels(difficulty: "hard" | "medium") {
  const index = new LevelIndex(openStoredSet(storedPath(difficulty)));
  return Array.from({ length: index.count }, (_, at) => index.level(at));
}

describe("storing a copy of public levels", () => {
  test.each(Object.entries(copies))("%s gives both collections, level by level", async (_name, copy) => {
    using user = new UserFolder();
    const progress: [number, number][] = [];
    const parts = await boxobanDataSet.import(copy(user), { onProgress: (...at) => progress.push(at) });
    expect(parts.map(({ name, items, intact }) => [name, items, intact])).toEqual([
      ["hard", 5, true],
      ["medium", 5, true],
    ]);
    expect(storedLevels("hard").map(({ rows }) => rows)).toEqual([0, 1, 2, 3, 4].map(sampleRows));
    expect(
      storedLevels("medium")
        .map(({ id }) => id)
        .slice(3),
    ).toEqual(["medium/train/000.txt#3", "medium/train/001.txt#0"]);
    expect(progress.length).toBe(4);
    expect(progress.every(([done, total]) => done > 0 && done <= total)).toBe(true);
    expect(await boxobanDataSet.state()).toEqual(parts);
  });

  test("the order of files can be given", async () => {
    using user = new UserFolder();
    const from = user.write("levels", sampleFiles);
    const [sorted] = await boxobanDataSet.import(from, {});
    const order = save(user, "order.txt", Buffer.from("hard/001.txt\nhard/000.txt\n"));
    const [given, medium] = await boxobanDataSet.import(from, { order });
    expect(given?.sha256).not.toBe(sorted?.sha256);
    expect(given?.label).toContain("in the given order");
    expect(medium?.label).not.toContain("in the given order");
    expect(storedLevels("hard").map(({ id }) => id)).toEqual([
      "hard/001.txt#0",
      "hard/001.txt#1",
      "hard/000.txt#0",
      "hard/000.txt#1",
      "hard/000.txt#2",
    ]);
    const { label, hash } = openLevelSet({ difficulty: "hard", source: "public" });
    expect({ label, hash }).toEqual({ label: given?.label, hash: given?.sha256 });
  });

  test.each([
    ["hard/000.txt\n", "does not name hard/001.txt"],
    ["hard/000.txt\nhard/001.txt\nhard/002.txt\n", "names hard/002.txt, which is not there"],
    ["hard/000.txt\n\nhard/000.txt\n", "line 3 repeats a file"],
    ["000.txt\n", "line 1 names no file like hard/002.txt"],
  ])("an order that does not fit is refused: %j", async (names, message) => {
    using user = new UserFolder();
    const order = save(user, "order.txt", Buffer.from(names));
    const importing = boxobanDataSet.import(user.write("levels", sampleFiles), { order });
    await expect(importing).rejects.toThrow(UsageError);
    await expect(importing).rejects.toThrow(message);
    expect(await boxobanDataSet.state()).toEqual([]);
  });

  test("a faulty copy replaces nothing and leaves nothing behind", async () => {
    using user = new UserFolder();
    const from = user.write("levels", sampleFiles);
    await boxobanDataSet.import(from, {});
    const before = readFileSync(storedPath("hard"));
    user.write("levels", { "hard/000.txt": "; 0\n", "medium/train/001.txt": "; 0\n####\n" });
    await expect(boxobanDataSet.import(from, {})).rejects.toThrow("hard/000.txt level 0 line 2: the row has 0 symbols");
    expect(readFileSync(storedPath("hard"))).toEqual(before);
    expect([...new Bun.Glob("**/*").scanSync(user.in("data"))].length).toBe(2);
  });

  test("folders in the place of files, and files in that of folders, are no levels", async () => {
    using user = new UserFolder();
    const from = user.write("levels", { hard: "no folder", "medium/train/000.txt/000.txt": "; 0\n" });
    await expect(boxobanDataSet.import(from, {})).rejects.toThrow(`${from} holds no levels`);
  });

  test("two copies in one archive are refused: one of each file counts", async () => {
    using user = new UserFolder();
    const from = save(
      user,
      "levels.zip",
      zipArchive({ "a/hard/000.txt": sampleText(0, 3), "b/hard/000.txt": sampleText(3, 2) }),
    );
    await expect(boxobanDataSet.import(from, {})).rejects.toThrow(`${from} holds hard/000.txt twice`);
    expect(await boxobanDataSet.state()).toEqual([]);
  });

  test("a copy of one collection leaves the other alone", async () => {
    using user = new UserFolder();
    await boxobanDataSet.import(user.write("levels", sampleFiles), {});
    rmSync(user.in("levels/medium"), { recursive: true });
    expect(await boxobanDataSet.import(user.in("levels"), {})).toHaveLength(1);
    expect(await boxobanDataSet.state()).toHaveLength(2);
  });

  test("damage to what is stored is seen", async () => {
    using user = new UserFolder();
    await boxobanDataSet.import(user.write("levels", sampleFiles), {});
    const path = storedPath("hard");
    const bytes = readFileSync(path);
    bytes[bytes.length - 20] = (bytes.at(-20) as number) ^ 1;
    writeFileSync(path, bytes);
    expect((await boxobanDataSet.state()).map(({ intact }) => intact)).toEqual([false, true]);
    truncateSync(path, statSync(path).size - 1);
    expect((await boxobanDataSet.state()).map(({ items, intact }) => [items, intact])).toEqual([
      [0, false],
      [5, true],
    ]);
    expect(() => openStoredSet(path)).toThrow("import the levels again");
    truncateSync(path, 0);
    expect(() => openStoredSet(path)).toThrow("import the levels again");
  });

  const gz = gzipSync(tarArchive(archived));
  const zip = zipArchive(archived);
  test.each<[string, string, Uint8Array, string]>([
    ["no archive", "levels.rar", zip, "ends in none of"],
    ["no levels", "levels.zip", zipArchive({ "a.txt": "a" }), "holds no levels"],
    ["an empty zip file", "levels.zip", Buffer.alloc(0), "has no directory"],
    ["a zip file cut off", "levels.zip", zip.subarray(0, zip.length / 2), "has no directory"],
    ["a zip file with another content", "levels.zip", flipped(zip, 90), "levels.zip is a broken archive"],
    ["an empty tar.gz file", "levels.tar.gz", Buffer.alloc(0), "levels.tar.gz is a broken archive"],
    ["a tar.gz file cut off", "levels.tar.gz", gz.subarray(0, gz.length - 60), "levels.tar.gz is a broken archive"],
    ["a tar.gz file that is none", "levels.tgz", zip, "levels.tgz is a broken archive"],
    ["a zip file with half a directory", "levels.zip", withHalfDirectory(zip), "its directory is damaged"],
    ["a tar file cut off between two files", "levels.tar", tarArchive(archived).subarray(0, 1024), "it is cut off"],
    [
      "a tar file cut off in what is no level",
      "levels.tar",
      tarArchive({ "a.txt": "a" }).subarray(0, 700),
      "it is cut off",
    ],
    ["a tar file with a bad header", "levels.tar", flipped(tarArchive(archived), 3), "a header is damaged"],
  ])("%s is refused", async (_name, file, bytes, message) => {
    using user = new UserFolder();
    const importing = boxobanDataSet.import(save(user, file, bytes), {});
    await expect(importing).rejects.toThrow(UsageError);
    await expect(importing).rejects.toThrow(message);
    expect(await boxobanDataSet.state()).toEqual([]);
  });

  test("a path where nothing is is refused", async () => {
    using user = new UserFolder();
    await expect(boxobanDataSet.import(user.in("nothing"), {})).rejects.toThrow("no folder or archive");
  });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] as number) ^ 0x10;
  return copy;
}
