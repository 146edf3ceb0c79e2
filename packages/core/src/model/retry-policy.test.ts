import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CallFailure, type FailureKind, failureOf } from "./call-failure.ts";
import { nextWait, retryAfter, retryRules } from "./retry-policy.ts";

const kinds = Object.keys(retryRules) as FailureKind[];

function failure(kind: FailureKind, retryAfterMs: number | null = null): CallFailure {
  return { ...failureOf(kind, "any", "any"), retryAfterMs };
}

describe("nextWait", () => {
  test.each(kinds)("%s: waits within the row's bounds, then gives up", (kind) => {
    const { retries, firstMs, longestMs } = retryRules[kind];
    fc.assert(
      fc.property(
        fc.nat({ max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (before, random) => {
          const wait = nextWait(
            failure(kind),
            Array.from({ length: before }, () => failure(kind)),
            random,
          );
          if (before >= retries) expect(wait).toBeNull();
          else {
            expect(wait).toBeGreaterThanOrEqual(firstMs / 2);
            expect(wait).toBeLessThanOrEqual(longestMs);
          }
        },
      ),
    );
  });

  test("failures of other kinds do not use up the row", () => {
    const others = kinds
      .filter((kind) => kind !== "server")
      .flatMap((kind) => Array.from({ length: 9 }, () => failure(kind)));
    expect(nextWait(failure("server"), others, 0)).toBe(retryRules.server.firstMs / 2);
  });

  test("what is fatal is not retried even when the server names a time", () => {
    expect(nextWait(failure("fatal", 10), [], 0)).toBeNull();
  });
});

describe("retryAfter", () => {
  test("any header value gives null or a number of milliseconds that is not negative", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,40}$/), fc.stringMatching(/^[ -~]{0,40}$/), (ms, value) => {
        const wait = retryAfter(new Headers({ "retry-after-ms": ms, "retry-after": value }), 0);
        expect(wait === null || wait >= 0).toBe(true);
      }),
    );
  });
});
