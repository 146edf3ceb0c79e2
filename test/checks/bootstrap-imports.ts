/** The bootstrap runs before anything is installed, so it may import only itself and what Bun brings. */

import { importsOf, lineOfSpecifier, typeScript } from "./imports.ts";
import type { SourceFile, Violation } from "./source-file.ts";

const folder = "packages/cli/bootstrap/";

/** Reports imports of packages in the bootstrap; its tests, which run after set-up, are free. */
export function bootstrapImports(files: readonly SourceFile[]): Violation[] {
  return typeScript(files)
    .filter((file) => file.path.startsWith(folder) && !file.path.endsWith(".test.ts"))
    .flatMap((file) =>
      importsOf(file)
        .filter((specifier) => !/^(\.\/|node:|bun:|bun$)/.test(specifier))
        .map((specifier) => ({
          path: file.path,
          line: lineOfSpecifier(file, specifier),
          message: `'${specifier}': the bootstrap may import only its own files and built-in modules`,
        })),
    );
}
