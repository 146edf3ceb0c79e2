/** `bun run check`: types, lint and the repository's own rules. Exits 1 when anything is found. */

import { join, resolve } from "node:path";
import { bootstrapImports } from "./bootstrap-imports.ts";
import { fileLength } from "./file-length.ts";
import { fileNames } from "./file-names.ts";
import { gameNames } from "./game-names.ts";
import { importCycles } from "./import-cycles.ts";
import { layerOrder } from "./layers.ts";
import { privateText } from "./private-text.ts";
import { type Rule, repositoryFiles } from "./source-file.ts";

const root = resolve(import.meta.dirname, "../..");

/** Programs with their own output; each must end with exit code 0. */
const programs: Readonly<Record<string, readonly string[]>> = {
  types: [join(root, "node_modules/typescript/bin/tsc"), "--noEmit", "--project", root],
  lint: [join(root, "node_modules/@biomejs/biome/bin/biome"), "check", "--error-on-warnings", root],
};

const rules: Readonly<Record<string, Rule>> = {
  "import-cycles": importCycles,
  layers: layerOrder,
  "bootstrap-imports": bootstrapImports,
  "game-names": gameNames,
  "file-length": (files) => fileLength(files),
  "file-names": fileNames,
  "private-text": privateText,
};

function report(name: string, ok: boolean): boolean {
  console.error(`${ok ? "ok    " : "FAILED"}  ${name}`);
  return ok;
}

async function main(): Promise<number> {
  const started = Object.entries(programs).map(async ([name, command]) => {
    const child = Bun.spawn([process.execPath, ...command], {
      cwd: root,
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()]);
    const ok = (await child.exited) === 0;
    if (!ok) console.error(out + err);
    return report(name, ok);
  });
  const files = repositoryFiles(root);
  const ruled = Object.entries(rules).map(([name, rule]) => {
    const violations = rule(files);
    for (const { path, line, message } of violations) {
      console.error(line === undefined ? `${path}: ${message}` : `${path}:${line}: ${message}`);
    }
    return report(name, violations.length === 0);
  });
  return [...(await Promise.all(started)), ...ruled].every(Boolean) ? 0 : 1;
}

process.exitCode = await main();
