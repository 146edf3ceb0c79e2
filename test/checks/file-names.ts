/** One way to write a name: kebab-case for TypeScript and documents, snake_case for C and C++. */

import type { SourceFile, Violation } from "./source-file.ts";

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const snake = /^[a-z0-9]+(_[a-z0-9]+)*\.[a-z]+$/;

/** Reports TypeScript, C and C++ files, and folders of packages, tests and seeds, that are named otherwise. */
export function fileNames(files: readonly SourceFile[]): Violation[] {
  return files.flatMap(({ path }) => {
    const parts = path.split("/");
    const name = parts.pop() ?? "";
    if (/\.ts$/.test(name) && !kebab.test(name)) return [{ path, message: "TypeScript files are named in kebab-case" }];
    if (/\.(c|cc|cpp|h|hpp)$/.test(name) && !snake.test(name)) {
      return [{ path, message: "C and C++ files are named in snake_case" }];
    }
    const folder = /^(packages|test|seeds)$/.test(parts[0] ?? "") && parts.find((part) => !kebab.test(part));
    return folder ? [{ path, message: `the folder '${folder}' is not named in kebab-case` }] : [];
  });
}
