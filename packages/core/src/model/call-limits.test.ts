import { expect, test } from "vitest";
import { maxParallelRequests } from "./call-limits.ts";

test.each([
  [undefined, 256],
  ["", 256],
  ["nonsense", 256],
  ["0", 256],
  ["-3", 256],
  ["1.5", 256],
  ["2000", 2000],
  ["1000000", 65_535],
])("BUN_CONFIG_MAX_HTTP_REQUESTS=%s allows %i requests", (value, expected) => {
  expect(maxParallelRequests({ BUN_CONFIG_MAX_HTTP_REQUESTS: value })).toBe(expected);
});
