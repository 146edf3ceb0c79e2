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

/** Any control character but tab and line feed. */
const control = /(?![\t\n])\p{Cc}/u;
const dirty = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xa0 }), fc.constantFrom(0xd800, 0xe9)), { maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes));

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

  test("never bring a control character into a memory file", () => {
    const op = fc.tuple(
      fc.constantFrom(
        "APPEND|a.txt|",
        "WRITE|a.txt|",
        "CREATE|b.txt|",
        "REPLACE|a.txt|cow|",
        "UPSERT|a.txt|k|",
        "UPSERT|a.txt|",
      ),
      dirty,
      dirty,
    );
    fc.assert(
      fc.property(fc.array(op, { maxLength: 8 }), (ops) => {
        const store = memoryFromImage({ files: { "a.txt": "k: cow\n" } }, { limits: { fileBytes: 500, files: 4 } });
        for (const [head, first, second] of ops) {
          const [name = "", ...given] = head.split("|");
          const reply = `<|${name}|>${given.join("|")}${first}|${second}<|END|>`;
          for (const attempt of parseOps(reply)) {
            if (!attempt.ok) continue;
            const { delta } = executeOp(store, attempt, context);
            expect(control.test(delta?.text ?? "")).toBe(false);
          }
        }
        for (const text of Object.values(store.image().files)) expect(control.test(text)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
