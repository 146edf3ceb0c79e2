import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryFromImage } from "../memory/image-store.ts";
import { arbitraryOp, arbitraryReply } from "./arbitrary-reply.ts";
import { executeOp } from "./execute.ts";
import { parseOps, renderOp } from "./grammar.ts";
import { containsTag } from "./tags.ts";
import { opTable } from "./vocabulary.ts";

const context = { phase: "log", allowed: opTable.map((op) => op.name) } as const;
const rendered = fc
  .array(arbitraryOp, { maxLength: 8 })
  .map((ops) => ops.map((op) => renderOp(op.name, op.args)).join("\n"));
const replies = fc.array(fc.oneof(arbitraryReply, rendered), { maxLength: 6 });

describe("any replies", () => {
  test("I-02 never bring an op tag into a memory file, and are never thrown on", () => {
    fc.assert(
      fc.property(replies, (all) => {
        const store = memoryFromImage(
          { files: { "a.txt": "k: cow\n<RE AD>\n" } },
          { limits: { fileBytes: 500, files: 4 } },
        );
        const copy = memoryFromImage(store.image());
        for (const attempt of all.flatMap((reply) => parseOps(reply))) {
          const { outcome, delta } = executeOp(store, attempt, context);
          if (delta !== null) copy.apply(delta);
          expect(outcome.text === "" || outcome.text.startsWith(`[${attempt.name}`)).toBe(true);
        }
        for (const text of Object.values(store.image().files)) expect(containsTag(text)).toBe(false);
        expect(copy.image()).toEqual(store.image());
      }),
      { numRuns: 500 },
    );
  });
});
