import { expect, test } from "vitest";
import { inlineText } from "./inline-text.ts";

test("a long text is cut with a mark, any other one is left as it is", () => {
  expect(inlineText("abcd", 4)).toBe("abcd");
  expect(inlineText("\ud800", 4)).toBe("\ud800");
  expect(inlineText("abcde", 4)).toBe("abcd… [5 characters]");
  expect(inlineText("abc😀", 4)).toBe("abc\ufffd… [5 characters]");
});
