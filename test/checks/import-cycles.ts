/** No file may, through its imports, depend on itself: such files cannot be understood or tested one at a time. */

import { importsOf, lineOfSpecifier, resolvedPath, typeScript } from "./imports.ts";
import type { SourceFile, Violation } from "./source-file.ts";

/** Reports each cycle once, at the import that closes it. */
export function importCycles(files: readonly SourceFile[]): Violation[] {
  const sources = new Map(typeScript(files).map((file) => [file.path, file]));
  const finished = new Set<string>();
  const trail: string[] = [];
  const violations: Violation[] = [];

  const visit = (file: SourceFile): void => {
    trail.push(file.path);
    for (const specifier of importsOf(file)) {
      const target = sources.get(resolvedPath(file.path, specifier) ?? "");
      if (target === undefined || finished.has(target.path)) continue;
      const start = trail.indexOf(target.path);
      if (start < 0) visit(target);
      else {
        const cycle = [...trail.slice(start), target.path].join(" -> ");
        violations.push({ path: file.path, line: lineOfSpecifier(file, specifier), message: `import cycle: ${cycle}` });
      }
    }
    trail.pop();
    finished.add(file.path);
  };

  for (const file of sources.values()) if (!finished.has(file.path)) visit(file);
  return violations;
}
