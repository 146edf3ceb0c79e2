import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { opTableMarkdown } from "./table.ts";
import { opForm, opTable } from "./vocabulary.ts";

const page = readFileSync(new URL("../../../../docs/ops.md", import.meta.url), "utf8");

describe("docs/ops.md", () => {
  test("holds the table of the vocabulary", () => {
    const table = page.split("<!-- ops:begin -->\n")[1]?.split("\n<!-- ops:end -->")[0];
    expect(table).toBe(opTableMarkdown());
  });

  test("explains every argument form", () => {
    const forms = new Set(opTable.flatMap((op) => op.arguments.map((argument) => argument.form)));
    for (const form of forms) expect(page).toContain(`\n| ${form} | `);
  });
});

describe("the vocabulary", () => {
  test("names every op and every argument of an op once", () => {
    expect(new Set(opTable.map((op) => op.name)).size).toBe(opTable.length);
    for (const op of opTable) {
      const names = op.arguments.map((argument) => argument.name);
      expect(names.every((name) => name !== "")).toBe(true);
      expect(new Set(names).size).toBe(names.length);
      expect(op.bare).toBe(names.length === 0);
    }
  });

  test("puts optional arguments last, so that a body splits in one way", () => {
    for (const op of opTable) {
      const firstOptional = op.arguments.findIndex((argument) => argument.optional);
      if (firstOptional >= 0)
        expect(op.arguments.slice(firstOptional).every((argument) => argument.optional)).toBe(true);
    }
  });

  test("shows forms with optional arguments in brackets", () => {
    const forms = Object.fromEntries(opTable.map((op) => [op.name, opForm(op)]));
    expect(forms).toMatchObject({
      READ: "<|READ|>file[|lines]<|END|>",
      LIST: "<|LIST|>[folder]<|END|>",
      UPSERT: "<|UPSERT|>file|key|value<|END|>",
      DONE: "<|DONE|>",
    });
  });
});
