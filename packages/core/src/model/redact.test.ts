import fc from "fast-check";
import { expect, test } from "vitest";
import { redactor } from "./redact.ts";

test("one bounded line without the key, wherever it stands", () => {
  const key = fc.stringMatching(/^[!-~]{8,60}$/);
  // The stars of the mark could spell out a key made of stars.
  const realKey = key.filter((text) => !text.includes("*"));
  fc.assert(
    fc.property(realKey, fc.string({ maxLength: 400 }), fc.string(), (secret, before, after) => {
      const text = redactor(secret)(`${before}${secret}${after}${JSON.stringify(secret)}`);
      expect(text).not.toContain(secret);
      expect(text).not.toMatch(/[\r\n\t]/);
      expect(text.length).toBeLessThanOrEqual(301);
    }),
  );
});

test("a key across the cut leaves no half of it", () => {
  const text = redactor("sk-abcdefghijkl")(`${"x".repeat(295)}sk-abcdefghijkl and more text`);
  expect(text).not.toContain("sk-a");
});

test("place-holders of up to three characters are no secrets", () => {
  expect(redactor("x")("axis")).toBe("axis");
  expect(redactor(null)(" two\n lines ")).toBe("two lines");
});
