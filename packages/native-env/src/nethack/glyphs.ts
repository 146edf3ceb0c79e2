import { nethackNative } from "./build.ts";

/** What a glyph stands for, roughly. `dark` is what has not been seen, and the solid rock. */
export const glyphKinds = [
  "creature",
  "pet",
  "object",
  "dark",
  "wall",
  "door",
  "doorway",
  "floor",
  "stairs",
  "feature",
  "trap",
  "effect",
] as const;
export type GlyphKind = (typeof glyphKinds)[number];

export interface GlyphDescription {
  readonly name: string;
  readonly kind: GlyphKind;
}

/** Where the ranges of glyph numbers begin (spec nethack §3.3). */
const ranges: readonly (readonly [begin: number, kind: GlyphKind])[] = [
  [0, "creature"],
  [381, "pet"],
  [762, "creature"], // unseen ones
  [1144, "object"], // corpses
  [1525, "creature"], // ridden
  [1906, "object"],
  [2359, "dark"], // then features, by the table below
  [2446, "effect"], // explosions, beams, the inside of a monster
  [5589, "creature"], // warnings of unseen ones
  [5595, "object"], // statues
  [5976, "dark"],
];

const firstFeature = 2359;
/** Features by their number, each range up to the next (spec balrog-text §4.3). */
const features: readonly (readonly [begin: number, kind: GlyphKind])[] = [
  [0, "dark"],
  [1, "wall"],
  [12, "doorway"],
  [13, "door"],
  [17, "wall"], // bars and trees
  [19, "floor"],
  [23, "stairs"],
  [27, "feature"], // altar to fountain
  [32, "feature"], // water, ice, lava, drawbridges
  [39, "floor"],
  [42, "trap"],
  [65, "effect"],
];
const floorNames: Readonly<Record<number, string>> = {
  19: "room floor",
  20: "dark room floor",
  21: "corridor floor",
  22: "lit corridor floor",
};

/** Rough kind of a glyph; beyond the edge of the map it is dark. */
export function kindOf(glyph: number): GlyphKind {
  const feature = glyph - firstFeature;
  const table = feature >= 0 && glyph < 2446 ? features : ranges;
  const number = table === features ? feature : glyph;
  return table.findLast(([begin]) => number >= begin)?.[1] ?? "dark";
}

let names: readonly string[] | undefined;

/** A glyph in the words of the texts; floors, which these never mention, have words too. */
export function describeGlyph(glyph: number): GlyphDescription {
  names ??= nethackNative().glyphNames();
  const name = names[glyph] || floorNames[glyph - firstFeature] || "dark area";
  return { name, kind: kindOf(glyph) };
}
