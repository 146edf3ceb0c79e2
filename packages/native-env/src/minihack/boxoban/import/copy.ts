import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@metamem/core";
import { levelFiles } from "../folder.ts";
import { difficulties } from "../level.ts";
import { type CopiedFile, largestFile, tooLarge } from "./copied-file.ts";
import { tarFiles } from "./tar.ts";
import { zipFiles } from "./zip.ts";

/** The level files of a folder or archive, in whatever order it keeps them. Throws `UsageError` for what is neither. */
export async function* copiedFiles(from: string): AsyncGenerator<CopiedFile> {
  if (!existsSync(from)) throw new UsageError("data_source", `no folder or archive ${from}`);
  if (statSync(from).isDirectory()) yield* folderFiles(from);
  else if (/\.zip$/i.test(from)) yield* zipFiles(from);
  else if (/\.(tar\.gz|tgz|tar)$/i.test(from)) yield* tarFiles(from);
  else throw new UsageError("data_source", `${from} is no folder and ends in none of .zip, .tar.gz, .tgz, .tar`);
}

function* folderFiles(root: string): Generator<CopiedFile> {
  const files = difficulties
    .flatMap((difficulty) => levelFiles(root, difficulty))
    .map((name) => ({ name, path: join(root, name), bytes: statSync(join(root, name)).size }));
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  for (const { name, path, bytes } of files) {
    if (bytes > largestFile) throw tooLarge(name);
    const text = readFileSync(path);
    done += bytes;
    yield { name, text, done, total };
  }
}
