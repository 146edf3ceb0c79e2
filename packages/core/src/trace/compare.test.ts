import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json, jsonRoundTrip } from "../json.ts";
import { firstDifference } from "./compare.ts";

const json = fc.jsonValue().map((value) => jsonRoundTrip(value) as Json);

describe("firstDifference", () => {
  test("finds none exactly when the canonical JSON is equal", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(firstDifference(a, jsonRoundTrip(a))).toBeNull();
        expect(firstDifference(a, b) === null).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });

  test("names the path and both values", () => {
    const cases: [Json, Json, string, Json | undefined, Json | undefined][] = [
      [{ a: 1 }, { a: 2 }, "a", 1, 2],
      [{ a: [{ b: "x" }] }, { a: [{ b: "y" }] }, "a[0].b", "x", "y"],
      [{ a: [1] }, { a: [1, 2] }, "a[1]", undefined, 2],
      [{ a: [] }, { a: {} }, "a", [], {}],
      [{ a: null }, {}, "a", null, undefined],
      [{ a: {} }, { a: { constructor: 1 } }, "a.constructor", undefined, 1],
      [1, 2, "", 1, 2],
    ];
    for (const [recorded, replayed, path, was, is] of cases) {
      expect(firstDifference(recorded, replayed)).toEqual({ path, recorded: was, replayed: is });
    }
  });

  test("does not mind the order of keys, but that of items", () => {
    expect(firstDifference({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBeNull();
    expect(firstDifference([1, 2], [2, 1])?.path).toBe("[0]");
  });
});
