import { describe, expect, test } from "vitest";
import { bootstrapImports } from "./bootstrap-imports.ts";
import { importCycles } from "./import-cycles.ts";
import { importsOf } from "./imports.ts";
import { layerOrder } from "./layers.ts";
import type { SourceFile } from "./source-file.ts";

function file(path: string, ...lines: readonly string[]): SourceFile {
  return { path, text: lines.join("\n") };
}

function importing(path: string, specifier: string): SourceFile {
  return file(path, `import { thing } from "${specifier}";`, "thing();");
}

describe("importsOf", () => {
  test("sees values and types, re-exports, side effects and dynamic imports", () => {
    const text = file(
      "a.ts",
      'import type { A } from "./a1.ts";',
      'import { type B } from "./b.ts";',
      'import { c } from "./c.ts";',
      'export type { D } from "./d.ts";',
      'export * from "./e.ts"; export type * from "./f.ts";',
      'import "./g.ts";',
      'export type Name = string; const h = await import("./h.ts");',
    );
    const names = ["a1", "b", "c", "d", "e", "f", "g", "h"];
    expect(importsOf(text).sort()).toEqual(names.map((name) => `./${name}.ts`));
  });

  test("is not misled by comments and strings", () => {
    const text = file("a.ts", '// import { a } from "./a.ts"', "const text = 'import { b } from \"./b.ts\"';");
    expect(importsOf(text)).toEqual([]);
  });
});

describe("import cycles", () => {
  const c = importing("packages/core/src/sub/c.ts", "../a.ts");

  test("a cycle through types and folders is reported once, with its way", () => {
    const a = file("packages/core/src/a.ts", 'import type { B } from "./b.ts";', "export type A = B;");
    const found = importCycles([a, importing("packages/core/src/b.ts", "./sub/c.ts"), c]);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain("a.ts -> packages/core/src/b.ts -> packages/core/src/sub/c.ts -> ");
  });

  test("two ways to one file are no cycle", () => {
    const top = file("packages/core/src/top.ts", 'export * from "./a.ts";', 'export * from "./b.ts";');
    const [a, b] = [importing("packages/core/src/a.ts", "./z.ts"), importing("packages/core/src/b.ts", "./z.ts")];
    expect(importCycles([top, a, b, file("packages/core/src/z.ts", "export const z = 1;")])).toEqual([]);
  });
});

describe("layer order", () => {
  const verdict = (path: string, specifier: string) => layerOrder([importing(path, specifier)])[0]?.message ?? "fine";

  test("downwards is fine, upwards is not", () => {
    expect(verdict("packages/cli/src/a.ts", "@metamem/core")).toBe("fine");
    expect(verdict("packages/loops/src/a.ts", "@metamem/native-env")).toBe("fine");
    expect(verdict("packages/core/src/a.ts", "@metamem/native-env")).toContain("against the layer order");
    expect(verdict("packages/native-env/src/a.ts", "@metamem/loops")).toContain("against the layer order");
  });

  test("a package does not import itself by name", () => {
    expect(verdict("packages/core/src/a.ts", "@metamem/core")).toContain("against the layer order");
  });

  test("borders are crossed by name only", () => {
    expect(verdict("packages/cli/src/a.ts", "@metamem/core/src/hash.ts")).toContain("deep import");
    expect(verdict("packages/cli/src/a.ts", "../../core/src/hash.ts")).toContain("leaves packages/cli");
    expect(verdict("test/conformance/a.ts", "../../packages/core/src/hash.ts")).toContain("leaves test");
    expect(verdict("packages/cli/src/a.ts", "../bootstrap/checkout.ts")).toContain("leaves packages/cli");
    expect(verdict("packages/cli/src/a.ts", "@metamem/nothing")).toContain("no package");
  });

  test("the root's manifest, which holds the version, is open to all", () => {
    expect(verdict("packages/cli/src/a.ts", "../../../package.json")).toBe("fine");
    expect(verdict("packages/cli/src/a.ts", "../../core/package.json")).toContain("leaves packages/cli");
  });

  test("what is no package may use test code and seeds, but no package's files", () => {
    expect(verdict("test/agent/a.ts", "../../seeds/protocols/default.json")).toBe("fine");
    expect(verdict("vitest.config.ts", "./test/summary-reporter.ts")).toBe("fine");
    expect(verdict("vitest.config.ts", "./packages/core/src/hash.ts")).toContain("leaves the root");
  });

  test("tests use every package by name", () => {
    expect(verdict("test/end-to-end/a.ts", "@metamem/cli")).toBe("fine");
    expect(verdict("test/end-to-end/a.ts", "./server.ts")).toBe("fine");
  });
});

test("the bootstrap imports only itself and built-in modules", () => {
  const from = (specifier: string) => importing("packages/cli/bootstrap/main.ts", specifier);
  expect(["./doctor.ts", "node:fs", "bun:sqlite"].flatMap((name) => bootstrapImports([from(name)]))).toEqual([]);
  expect(bootstrapImports([from("zod")])).toHaveLength(1);
  expect(bootstrapImports([from("@metamem/core")])).toHaveLength(1);
  expect(bootstrapImports([importing("packages/cli/bootstrap/main.test.ts", "vitest")])).toEqual([]);
});
