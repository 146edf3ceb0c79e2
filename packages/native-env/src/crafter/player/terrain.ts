import { glyphs as materialGlyphs } from "../features.ts";

/**
 * What a cell can hold, and what the player writes for it in its map notes. Material, plant and creature names are the observation's words; the last
 * five say what is known of a cell whose content is not.
 */
export const kinds = [
  "water",
  "grass",
  "stone",
  "path",
  "sand",
  "tree",
  "lava",
  "coal",
  "iron",
  "diamond",
  "table",
  "furnace",
  "plant",
  "cow",
  "zombie",
  "skeleton",
  "arrow",
  "open",
  "solid",
  "harmless",
  "doubtful",
  "unseen",
] as const;
export type Kind = (typeof kinds)[number];

/** Kinds as small numbers: indexes of `kinds`. Grids and sets of candidates use them. */
export type KindId = number;
const ids = Object.fromEntries(kinds.map((kind, index) => [kind, index])) as Record<Kind, KindId>;
export const kindId: Readonly<Record<Kind, KindId>> = ids;

/** The name in an observation text as a kind; null for a word that is none. */
export function kindNamed(name: string): KindId | null {
  const id = ids[name as Kind];
  return id === undefined || id >= ids.open ? null : id;
}

/** A set of kinds, one bit each. */
export type KindSet = number;

export function setOf(...members: readonly Kind[]): KindSet {
  return members.reduce((set, kind) => set | (1 << ids[kind]), 0);
}

export function has(set: KindSet, kind: KindId): boolean {
  return ((set >> kind) & 1) === 1;
}

export const walkable = setOf("grass", "path", "sand");
export const creatures = setOf("cow", "zombie", "skeleton", "arrow");
/** What stays where it is until the player works on it. */
export const fixed = setOf(
  "water",
  "grass",
  "stone",
  "path",
  "sand",
  "tree",
  "lava",
  "coal",
  "iron",
  "diamond",
  "table",
  "furnace",
  "plant",
);
/** Walls of a shelter: what nothing walks on. Tables, furnaces and plants are none, since an arrow or a creature can make an end of them. */
export const barriers = setOf("water", "stone", "tree", "lava", "coal", "iron", "diamond", "solid");
export const mountain = setOf("stone", "path", "lava", "coal", "iron", "diamond", "solid");

/** What is written for a cell nobody has seen; rows of the map notes begin and end where something is known. */
const unseenGlyph = "'";

/** One character per kind in the map notes: the family's own where it has one. Creatures move and are never drawn. */
const glyphs: Readonly<Partial<Record<Kind, string>>> = {
  water: materialGlyphs.water,
  grass: materialGlyphs.grass,
  stone: materialGlyphs.stone,
  path: materialGlyphs.path,
  sand: materialGlyphs.sand,
  tree: materialGlyphs.tree,
  lava: materialGlyphs.lava,
  coal: materialGlyphs.coal,
  iron: materialGlyphs.iron,
  diamond: materialGlyphs.diamond,
  table: materialGlyphs.table,
  furnace: materialGlyphs.furnace,
  plant: materialGlyphs.plant,
  open: "o",
  solid: "x",
  harmless: "-",
  doubtful: "?",
  unseen: unseenGlyph,
};

export const legend = Object.entries(glyphs)
  .map(([kind, glyph]) => `${glyph} ${kind}`)
  .join(", ");

const glyphOfId: readonly string[] = kinds.map((kind) => glyphs[kind] ?? unseenGlyph);
const idOfGlyph: ReadonlyMap<string, KindId> = new Map(
  Object.entries(glyphs).map(([kind, glyph]) => [glyph, ids[kind as Kind]]),
);

export function glyphOf(kind: KindId): string {
  return glyphOfId[kind] ?? unseenGlyph;
}

/** Unknown characters read as unseen: notes may have been edited by somebody else. */
export function kindOfGlyph(glyph: string): KindId {
  return idOfGlyph.get(glyph) ?? ids.unseen;
}
