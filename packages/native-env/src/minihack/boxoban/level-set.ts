import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { SetupError } from "@metamem/core";
import { levelFiles, packFolder } from "./folder.ts";
import type { Difficulty, Level } from "./level.ts";
import { openOwnSet } from "./own-levels.ts";
import { contentHash, LevelIndex, openStoredSet, type PackedSet, sequenceHash } from "./packed-set.ts";
import { PythonRandom } from "./python-random.ts";

/** `public`: the published collection, as the benchmark plays it. `own`: made by this project, never to be reported as the former. */
export type LevelSource = "public" | "own";

export interface LevelSetOptions {
  readonly difficulty: Difficulty;
  readonly source: LevelSource;
}

/** Levels to choose from. */
export interface LevelSet {
  readonly difficulty: Difficulty;
  readonly source: LevelSource;
  /** For people: `published Boxoban levels, medium`, `own levels, hard`, ... */
  readonly label: string;
  readonly count: number;
  /** SHA-256 of the sequence of levels: equal hashes, equal meaning of every index. */
  readonly hash: string;
  /** Throws `UsageError` for an index outside 0…count-1. */
  level(index: number): Level;
}

/** Names a folder in the published layout; without it what `metamem data boxoban` stored is used. */
export const folderVariable = "METAMEM_BOXOBAN";

/** `contentHash` of the collections as published (google-deepmind/boxoban-levels), so that no others pass for them. */
const published: Readonly<Record<Difficulty, string>> = {
  hard: "9d34a1a8b7cb79a7bda8fafc5190b9ebedb950221f3c4d7659807daf30e9f051",
  medium: "d40cb8ac40d746de93aee6cffde90d089e1802c4af09b499014b8e5a663b70fb",
};

const opened = new Map<string, LevelSet>();

/**
 * Opens a set, once per process. Throws `SetupError` when public levels are asked for and none are there, `UsageError` when they
 * are not in order.
 */
export function openLevelSet(options: LevelSetOptions): LevelSet {
  const { difficulty, source } = options;
  const path = source === "own" ? null : publicPath(difficulty);
  const key = JSON.stringify([difficulty, source, path]);
  const set = opened.get(key) ?? open(options, path);
  opened.set(key, set);
  return set;
}

function open({ difficulty, source }: LevelSetOptions, path: string | null): LevelSet {
  if (path === null) return describe(openOwnSet(difficulty), source, `own levels, ${difficulty}`);
  const packed = path.endsWith(storedEnding) ? openStoredSet(path) : packFolder(path, difficulty);
  return describe(packed, source, publicLabel(packed));
}

function describe(packed: PackedSet, source: LevelSource, label: string): LevelSet {
  const index = new LevelIndex(packed);
  const level = (at: number) => index.level(at);
  const { difficulty } = packed.header;
  return { difficulty, source, label, count: index.count, hash: sequenceHash(packed.header), level };
}

/** What a collection may be called. */
export function publicLabel({ header }: PackedSet): string {
  const known = contentHash(header) === published[header.difficulty];
  const order = header.order === "given" ? ", in the given order" : "";
  return `${known ? "published" : "other"} Boxoban levels, ${header.difficulty}${order}`;
}

/** The level of an episode, exactly as the benchmark chooses it: `random.seed(seed)`, then `random.choice` (spec minihack §4.1). */
export function chooseLevel(set: LevelSet, seed: number): { readonly index: number; readonly level: Level } {
  const index = new PythonRandom(seed).choice(set.count);
  return { index, level: set.level(index) };
}

const storedEnding = ".levels";

/** Where `metamem data boxoban` keeps a collection. */
export function storedPath(difficulty: Difficulty): string {
  const data = process.env.XDG_DATA_HOME || join(homedir(), ".local/share");
  return join(data, "metamem", "boxoban", `${difficulty}${storedEnding}`);
}

/** The folder or stored file public levels would come from, or null when this machine has none. */
export function publicLevelsAt(difficulty: Difficulty): string | null {
  const given = process.env[folderVariable];
  if (given !== undefined && given !== "") return levelFiles(given, difficulty).length > 0 ? given : null;
  const path = storedPath(difficulty);
  return existsSync(path) ? path : null;
}

function publicPath(difficulty: Difficulty): string {
  const path = publicLevelsAt(difficulty);
  if (path !== null) return path;
  const given = process.env[folderVariable];
  const place = given ? `in ${given}` : "here";
  throw new SetupError(
    "boxoban_missing",
    `no ${difficulty} Boxoban levels ${place}: 'metamem data boxoban --from DIR' stores a copy of the published ones, --boxoban DIR or ${folderVariable} names a folder of them`,
  );
}
