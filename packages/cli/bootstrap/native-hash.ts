/** The content hash that says whether the built addon belongs to the sources beside it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Packages that take part in the build; their locked versions belong to the hash. */
const buildPackages = ["cmake-js", "node-addon-api", "node-api-headers"];

/** Files below `folder` that the build can see, relative and sorted; build outputs and packages are left out. */
export function nativeSources(folder: string): string[] {
  const found: string[] = [];
  const visit = (relative: string): void => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = join(relative, entry.name);
      const isTop = relative === "";
      if (entry.isDirectory()) {
        if (entry.name !== "node_modules" && !(isTop && /^build(-|$)/.test(entry.name))) visit(path);
      } else if (entry.isFile()) found.push(path);
    }
  };
  visit("");
  return found.sort();
}

/** Lines of a text lock file that pin the build packages. */
export function lockedBuildPackages(lockFile: string): string[] {
  return buildPackages.map((name) => {
    const version = new RegExp(`"${name}": \\["(${name}@[^"]+)"`).exec(lockFile)?.[1];
    return version ?? `${name} is not locked`;
  });
}

/** Hash over sources, locked build packages, platform and architecture (hex). */
export function nativeHash(folder: string, lockFile: string): string {
  return hashOfSources(folder, nativeSources(folder), lockedBuildPackages(lockFile));
}

/** Hash over the given files of `folder`, platform, architecture and whatever else takes part (hex). */
export function hashOfSources(folder: string, files: readonly string[], others: readonly string[]): string {
  const hasher = new Bun.CryptoHasher("sha256");
  hasher.update([process.platform, process.arch, ...others].join("\n"));
  for (const file of files) hasher.update(`\n${file}\0`).update(readFileSync(join(folder, file)));
  return hasher.digest("hex");
}
