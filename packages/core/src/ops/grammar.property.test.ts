import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryOp, arbitraryReply } from "./arbitrary-reply.ts";
import { findCommit, stripCommits } from "./commit.ts";
import { parseOps, renderOp } from "./grammar.ts";
import { scanTags } from "./tags.ts";

describe("parseOps", () => {
  test("never throws, and finds attempts in textual order without overlap", () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryReply, fc.string({ unit: "binary" })), fc.boolean(), (reply, cut) => {
        let end = 0;
        for (const attempt of parseOps(reply, { cut })) {
          expect(attempt.offset).toBeGreaterThanOrEqual(end);
          expect(attempt.end).toBeGreaterThan(attempt.offset);
          end = attempt.end;
        }
        expect(end).toBeLessThanOrEqual(reply.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("loses no opening tag: one attempt each", () => {
    fc.assert(
      fc.property(arbitraryReply, (reply) => {
        const opened = [...scanTags(reply)].filter((tag) => tag.kind === "open" || tag.kind === "unknown");
        expect(parseOps(reply).map((attempt) => attempt.offset)).toEqual(opened.map((tag) => tag.start));
      }),
      { numRuns: 1000 },
    );
  });

  test("gives back what was rendered", () => {
    fc.assert(
      fc.property(fc.array(arbitraryOp, { maxLength: 5 }), fc.constantFrom("", "\n", " and then "), (ops, between) => {
        const reply = ops.map((op) => renderOp(op.name, op.args)).join(between);
        expect(parseOps(reply)).toMatchObject(ops.map((op) => ({ ok: true, ...op })));
        expect(parseOps(reply).map((attempt) => attempt.ok && attempt.args)).toEqual(ops.map((op) => op.args));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    "<|READ|>",
    "<",
    "<|",
    "<|DONE|> <|END|>",
    "<|       ",
    "\\|",
    "|",
    "<|FOO|>",
    "<|READ|>|\\",
    "<|ACTION|>x\n",
    "ACTION: x\n",
    "a OR ",
  ])("takes 200 kB of %j in its stride", (piece) => {
    const reply = piece.repeat(200_000 / piece.length);
    for (const text of [reply, `<|DONE|>${reply}`, `<|SEARCH|>*|${reply}<|END|>`]) {
      const attempts = parseOps(text);
      findCommit(text, attempts);
      stripCommits(text);
      expect(attempts.length).toBeLessThanOrEqual(text.length / 7);
    }
  });
});

describe("stripCommits", () => {
  test("leaves nothing that commits", () => {
    fc.assert(
      fc.property(arbitraryReply, (reply) => {
        const rest = stripCommits(reply);
        expect(findCommit(rest, parseOps(rest))).toBeNull();
        expect(parseOps(rest).some((attempt) => attempt.name === "ACTION")).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
