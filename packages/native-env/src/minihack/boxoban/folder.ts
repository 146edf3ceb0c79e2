import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@metamem/core";
import { type Difficulty, difficulties } from "./level.ts";
import { type PackedFile, type PackedSet, packSet } from "./packed-set.ts";
import { packFile } from "./text-format.ts";

/** Where the benchmark's two collections lie in the published one. */
export const folderOf: Readonly<Record<Difficulty, string>> = { hard: "hard", medium: "medium/train" };

/** The collection a file belongs to, by its name relative to the published folder; null for everything else there. */
export function collectionOf(name: string): Difficulty | null {
  return difficulties.find((difficulty) => isDirectlyIn(folderOf[difficulty], name)) ?? null;
}

function isDirectlyIn(folder: string, name: string): boolean {
  return name.startsWith(`${folder}/`) && /^[\w.-]{1,100}\.txt$/.test(name.slice(folder.length + 1));
}

/** The collection's files in a folder of the published layout, sorted; empty when it has none. */
export function levelFiles(root: string, difficulty: Difficulty): string[] {
  const folder = join(root, folderOf[difficulty]);
  if (!isFolder(folder)) return [];
  return readdirSync(folder)
    .map((file) => `${folderOf[difficulty]}/${file}`)
    .filter((name) => collectionOf(name) === difficulty && !isFolder(join(root, name)))
    .sort();
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Reads and checks one collection of a folder in the published layout, file after file by name. Throws `UsageError` for the first thing wrong with it. */
export function packFolder(root: string, difficulty: Difficulty): PackedSet {
  const names = levelFiles(root, difficulty);
  const files = names.map((name) => ({ name, records: packFile(name, readFileSync(join(root, name))) }));
  return packSet(difficulty, files, "sorted");
}

/**
 * A collection in the order a user gave, which may name files of the other one too (spec minihack §4.1: the reference takes them as its file
 * system lists them). Sorted when the order names none of its files. Throws `UsageError` when it names some but not all, or others.
 */
export function packInOrder(difficulty: Difficulty, files: readonly PackedFile[], order: readonly string[]): PackedSet {
  const byName = new Map(files.map((file) => [file.name, file]));
  const wanted = order.filter((name) => collectionOf(name) === difficulty);
  const names = wanted.length > 0 ? wanted : [...byName.keys()].sort();
  const ordered = names.map((name) => {
    const file = byName.get(name);
    if (file === undefined) throw new UsageError("boxoban_order", `the order names ${name}, which is not there`);
    byName.delete(name);
    return file;
  });
  const [left] = byName.keys();
  if (left !== undefined) throw new UsageError("boxoban_order", `the order does not name ${left}`);
  return packSet(difficulty, ordered, wanted.length > 0 ? "given" : "sorted");
}

/** Reads an order: a text file of names like `hard/002.txt`, one a line. Throws `UsageError` for other lines and for repeated ones. */
export function readOrder(path: string): string[] {
  if (!existsSync(path)) throw new UsageError("boxoban_order", `no file ${path}`);
  const lines = readFileSync(path, "utf8").split(/\r?\n/);
  const seen = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (line === "") continue;
    const problem =
      collectionOf(line) === null ? "names no file like hard/002.txt" : seen.has(line) ? "repeats a file" : null;
    if (problem !== null) throw new UsageError("boxoban_order", `${path} line ${at + 1} ${problem}`);
    seen.add(line);
  }
  return [...seen];
}
