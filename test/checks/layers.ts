/**
 * Imports go one way, core <- native-env <- loops <- cli, and cross a package's border only by its name. Tests and seeds
 * use packages by name too, so that what they use is what the package offers.
 */

import { importsOf, lineOfSpecifier, resolvedPath, typeScript } from "./imports.ts";
import type { SourceFile, Violation } from "./source-file.ts";

/** From the bottom up: a package may import those before it. */
const layers = ["core", "native-env", "loops", "cli"];
const scope = "@metamem/";
/** Everybody may read the version of the checkout. */
const manifest = "package.json";

/** Reports imports against the layer order, deep imports and relative imports that leave their package. */
export function layerOrder(files: readonly SourceFile[]): Violation[] {
  return typeScript(files).flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      const message = problem(file.path, specifier);
      return message === undefined ? [] : [{ path: file.path, line: lineOfSpecifier(file, specifier), message }];
    }),
  );
}

function problem(path: string, specifier: string): string | undefined {
  const home = homeOf(path);
  const target = resolvedPath(path, specifier);
  if (target !== undefined) {
    if (target === manifest || (!isPackage(home) && !isPackage(target))) return undefined;
    // The set-up is plain scripts, no part of a package's promise; benchmarks ask it where sources lie.
    if (home === "test" && target.startsWith("packages/cli/bootstrap/")) return undefined;
    return homeOf(target) === home ? undefined : `'${specifier}' leaves ${home}; import the package by its name`;
  }
  if (!specifier.startsWith(scope)) return undefined;
  const [name = "", ...deeper] = specifier.slice(scope.length).split("/");
  if (deeper.length > 0) return `'${specifier}' is a deep import; use what '${scope}${name}' exports`;
  const [from, to] = [layers.indexOf(layerOf(home)), layers.indexOf(name)];
  if (to < 0) return `'${specifier}' is no package of this repository`;
  if (from < 0 || to < from) return undefined;
  return `'${specifier}' is against the layer order ${layers.join(" <- ")}`;
}

function isPackage(path: string): boolean {
  return path.startsWith("packages/");
}

/** The part of the repository a file belongs to; relative imports of a package stay inside it. */
function homeOf(path: string): string {
  const [top = "", name = "", part = ""] = path.split("/");
  if (!path.includes("/")) return "the root";
  if (top !== "packages") return top;
  return part === "bootstrap" ? `packages/${name}/bootstrap` : `packages/${name}`;
}

function layerOf(home: string): string {
  return isPackage(home) ? (home.split("/")[1] ?? "") : "";
}
