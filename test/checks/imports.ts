/** What a TypeScript file imports. Types count like values: a dependency is a dependency. */

import { posix } from "node:path";
import type { SourceFile } from "./source-file.ts";

const transpiler = new Bun.Transpiler({
  loader: "ts",
  tsconfig: JSON.stringify({ compilerOptions: { verbatimModuleSyntax: true } }),
});

/** The module specifiers of a file's imports and re-exports, in order, dynamic imports included. */
export function importsOf(file: SourceFile): string[] {
  return transpiler.scanImports(withoutTypeKeywords(file.text)).map((found) => found.path);
}

/** Bun's scanner drops type-only imports, so they are turned into plain ones for it. */
function withoutTypeKeywords(code: string): string {
  return code
    .replace(/\bimport\s+type\b(?=\s*[{*\w])/g, "import")
    .replace(/\bexport\s+type\b(?=\s*[{*])/g, "export")
    .replace(/\b(import|export)\s*\{[^}]*\}\s*from\b/g, (clause) => clause.replace(/\btype\s+(?=\w)/g, ""));
}

/** The repository path a relative specifier leads to; undefined for packages and built-in modules. */
export function resolvedPath(from: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : undefined;
}

/** The TypeScript files among `files`. */
export function typeScript(files: readonly SourceFile[]): SourceFile[] {
  return files.filter((file) => file.path.endsWith(".ts"));
}

/** The line a specifier is named on, for a report. */
export function lineOfSpecifier(file: SourceFile, specifier: string): number {
  const at = file.text.split("\n").findIndex((line) => line.includes(`"${specifier}"`));
  return Math.max(at, 0) + 1;
}
