import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type DataImportOptions, type DataSet, type DataSetPart, SetupError, sha256, UsageError } from "@metamem/core";
import { collectionOf, folderOf, packInOrder, readOrder } from "./folder.ts";
import { copiedFiles } from "./import/copy.ts";
import { type Difficulty, difficulties } from "./level.ts";
import { folderVariable, publicLabel, storedPath } from "./level-set.ts";
import {
  countOf,
  intact,
  openStoredSet,
  type PackedFile,
  type PackedSet,
  sequenceHash,
  setBytes,
} from "./packed-set.ts";
import { packFile } from "./text-format.ts";

/** The published Boxoban levels: `metamem data boxoban` checks a copy and stores it in 24 bytes a level. */
export const boxobanDataSet: DataSet = {
  name: "boxoban",
  title: "Boxoban levels for the tasks that push boulders",
  origin: "github.com/google-deepmind/boxoban-levels, as a folder or archive",
  folderVariable,
  state: async () => difficulties.filter((name) => existsSync(storedPath(name))).map(storedPart),
  import: importLevels,
};

async function importLevels(from: string, { order, onProgress }: DataImportOptions): Promise<DataSetPart[]> {
  const wanted = order === undefined ? [] : readOrder(order);
  const files: PackedFile[] = [];
  const seen = new Set<string>();
  for await (const { name, text, done, total } of copiedFiles(from)) {
    if (seen.has(name)) throw new UsageError("data_source", `${from} holds ${name} twice: it must be one copy`);
    seen.add(name);
    files.push({ name, records: packFile(name, text) });
    onProgress?.(done, total);
  }
  const sets = difficulties.flatMap((difficulty) => {
    const own = files.filter(({ name }) => collectionOf(name) === difficulty);
    return own.length === 0 ? [] : [packInOrder(difficulty, own, wanted)];
  });
  if (sets.length === 0) {
    const folders = Object.values(folderOf).map((folder) => `${folder}/*.txt`);
    throw new UsageError("data_source", `${from} holds no levels: there is neither ${folders.join(" nor ")} in it`);
  }
  // Nothing is replaced before everything is known to be good.
  for (const set of sets) store(set);
  return sets.map(({ header }) => storedPart(header.difficulty));
}

function store(set: PackedSet): void {
  const path = storedPath(set.header.difficulty);
  const unfinished = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(unfinished, setBytes(set), { flush: true });
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function storedPart(difficulty: Difficulty): DataSetPart {
  const path = storedPath(difficulty);
  const place = { name: difficulty, unit: "levels", path, bytes: statSync(path).size };
  const set = readable(path);
  if (set === null) {
    const label = `${difficulty}, damaged or of another version: import the levels again`;
    return { ...place, label, items: 0, sha256: sha256(readFileSync(path)), intact: false };
  }
  const { header } = set;
  const label = publicLabel(set);
  return { ...place, label, items: countOf(header), sha256: sequenceHash(header), intact: intact(set) };
}

function readable(path: string): PackedSet | null {
  try {
    return openStoredSet(path);
  } catch (error) {
    if (error instanceof SetupError) return null;
    throw error;
  }
}
