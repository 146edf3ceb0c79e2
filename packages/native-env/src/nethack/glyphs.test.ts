import { describe, expect, test } from "vitest";
import { describeGlyph, type GlyphKind, kindOf } from "./glyphs.ts";

const feature = (index: number) => 2359 + index;

test.each<[number, GlyphKind]>([
  [-1, "dark"],
  [0, "creature"],
  [380, "creature"],
  [381, "pet"],
  [761, "pet"],
  [762, "creature"],
  [1143, "creature"],
  [1144, "object"],
  [1525, "creature"],
  [1906, "object"],
  [2358, "object"],
  [feature(0), "dark"],
  [feature(1), "wall"],
  [feature(11), "wall"],
  [feature(12), "doorway"],
  [feature(13), "door"],
  [feature(16), "door"],
  [feature(17), "wall"],
  [feature(19), "floor"],
  [feature(22), "floor"],
  [feature(23), "stairs"],
  [feature(26), "stairs"],
  [feature(27), "feature"],
  [feature(38), "feature"],
  [feature(42), "trap"],
  [feature(64), "trap"],
  [feature(65), "effect"],
  [2446, "effect"],
  [5588, "effect"],
  [5589, "creature"],
  [5594, "creature"],
  [5595, "object"],
  [5975, "object"],
  [5976, "dark"],
])("glyph %i is a %s", (glyph, kind) => {
  expect(kindOf(glyph)).toBe(kind);
});

describe("names", () => {
  test("every glyph has one", () => {
    for (let glyph = 0; glyph < 5976; glyph++) expect(describeGlyph(glyph).name, String(glyph)).not.toBe("");
  });

  test("floors, which the texts never mention, too", () => {
    expect(describeGlyph(feature(21))).toEqual({ name: "corridor floor", kind: "floor" });
    expect(describeGlyph(-1)).toEqual({ name: "dark area", kind: "dark" });
  });
});
