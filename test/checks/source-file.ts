/** The files the checks look at, and how a check reports what it found. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One text file of the repository. `path` is relative to the root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One broken rule. `line` counts from 1; it is left out where the whole file is meant. */
export interface Violation {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

/** A rule looks at all files at once and lists what breaks it. */
export type Rule = (files: readonly SourceFile[]) => Violation[];

const binary = /\.(gz|png|node|wasm|bin)$/;

/** Every text file that is committed or would be by `git add`. Throws when git cannot list them. */
export function repositoryFiles(root: string): SourceFile[] {
  const git = Bun.spawnSync(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  if (git.exitCode !== 0) throw new Error(`git ls-files failed in ${root}: ${git.stderr.toString().trim()}`);
  const paths = git.stdout.toString().split("\0");
  return paths
    .filter((path) => path !== "" && !binary.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** The line number (from 1) of a character position. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/** All matches of a global pattern, one violation each. */
export function matches(file: SourceFile, pattern: RegExp, message: (found: string) => string): Violation[] {
  return [...file.text.matchAll(pattern)].map((match) => ({
    path: file.path,
    line: lineAt(file.text, match.index),
    message: message(match[0]),
  }));
}
