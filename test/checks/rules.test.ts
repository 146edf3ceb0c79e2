import { describe, expect, test } from "vitest";
import { ceiling, fileLength } from "./file-length.ts";
import { fileNames } from "./file-names.ts";
import { gameNames } from "./game-names.ts";
import { privateText } from "./private-text.ts";
import type { SourceFile } from "./source-file.ts";

function file(path: string, text = ""): SourceFile {
  return { path, text };
}

describe("game names", () => {
  test("are found in any case, with their line, where code has to be neutral", () => {
    const found = gameNames([file("packages/core/src/a.ts", "one\ntwo // as in CrafterEnv\n")]);
    expect(found).toEqual([{ path: "packages/core/src/a.ts", line: 2, message: expect.stringContaining("Crafter") }]);
    expect(gameNames([file("packages/cli/src/a.ts", "nle"), file("packages/loops/src/b.ts", "MiniHack")])).toHaveLength(
      2,
    );
  });

  test("are free elsewhere, and words that only contain the letters are no names", () => {
    expect(gameNames([file("packages/native-env/src/crafter/a.ts", "crafter")])).toEqual([]);
    expect(gameNames([file("packages/core/src/a.ts", "enlever, handle, unless")])).toEqual([]);
  });
});

describe("file length", () => {
  const long = file("packages/core/src/long.ts", "x\n".repeat(ceiling + 1));

  test("the ceiling itself is allowed, one line more is not", () => {
    expect(fileLength([file("native/crafter/a.cc", "x\n".repeat(ceiling))], {})).toEqual([]);
    expect(fileLength([long], {})).toHaveLength(1);
  });

  test("tables are listed one by one, and the list holds nothing else", () => {
    expect(fileLength([long], { [long.path]: "a table" })).toEqual([]);
    expect(fileLength([], { "gone.ts": "a table" })[0]?.message).toContain("take it out of the list");
  });

  test("documents and data may be long", () => {
    expect(fileLength([file("docs/method.md", long.text), file("seeds/worlds.json", long.text)], {})).toEqual([]);
  });
});

test("file names: kebab-case for TypeScript, snake_case for C++, kebab-case folders", () => {
  const fine = ["packages/core/src/op-run.ts", "test/a/b.test.ts", "native/crafter/world_gen.cc", "packages/x/LICENSE"];
  expect(fileNames(fine.map((path) => file(path)))).toEqual([]);
  const wrong = [
    "packages/core/src/opRun.ts",
    "test/my_tests/a.ts",
    "native/crafter/WorldGen.h",
    "native/a/world-gen.cc",
  ];
  expect(fileNames(wrong.map((path) => file(path)))).toHaveLength(wrong.length);
});

describe("private text", () => {
  // Written in pieces, so that this file itself does not break the rule.
  const machine = (...parts: readonly string[]) => ["", ...parts].join("/");
  const host = ["https:", "", "registry.example.org", "zod"].join("/");

  test("paths of one machine and registry hosts are found", () => {
    for (const text of [machine("home", "ada", "x"), `"${machine("tmp", "out")}"`, machine("root", "a"), host]) {
      expect(privateText([file("docs/a.md", text)])).toHaveLength(1);
    }
  });

  test("relative paths, system paths and ordinary addresses are not", () => {
    const text = "see ./home/page, /usr/bin/env, /etc/os-release, packages/work/x, https://arxiv.org/abs/2607.01224";
    expect(privateText([file("docs/a.md", text)])).toEqual([]);
  });

  test("a lock file holds no address at all", () => {
    expect(privateText([file("bun.lock", '"zod@4.6.7", "https://example.org/zod.tgz"')])).toHaveLength(1);
  });
});
