import type { NativeArray } from "./native.ts";

/** The raw observations by name, in the order of their bits in a set of wanted ones, with the type of their elements (spec nethack §3.1). */
const elementTypes = {
  glyphs: Int16Array,
  chars: Uint8Array,
  colors: Uint8Array,
  specials: Uint8Array,
  blstats: BigInt64Array,
  message: Uint8Array,
  program_state: Int32Array,
  internal: Int32Array,
  inv_glyphs: Int16Array,
  inv_strs: Uint8Array,
  inv_letters: Uint8Array,
  inv_oclasses: Uint8Array,
  tty_chars: Uint8Array,
  tty_colors: Int8Array,
  tty_cursor: Uint8Array,
  misc: Int32Array,
  screen_descriptions: Uint8Array,
} as const;

export type RawName = keyof typeof elementTypes;
/** Views over a game's block: they change with every key. */
export type RawArrays = { readonly [Name in RawName]: InstanceType<(typeof elementTypes)[Name]> };

export const rawNames = Object.keys(elementTypes) as readonly RawName[];

/** All but the one whose being asked for changes the game. */
export const harmlessNames: readonly RawName[] = rawNames.filter((name) => name !== "screen_descriptions");

/** What the benchmark's texts are made of, and its play needs. */
export const textNames = [
  "glyphs",
  "blstats",
  "program_state",
  "internal",
  "inv_strs",
  "inv_letters",
  "tty_chars",
  "tty_cursor",
] as const satisfies readonly RawName[];
export type TextName = (typeof textNames)[number];

/** A set of arrays as the addon takes it. */
export function wantedSet(names: readonly RawName[]): number {
  return names.reduce((set, name) => set | (1 << rawNames.indexOf(name)), 0);
}

/** Views of the named arrays in a block. `layout` is the addon's. */
export function viewArrays<Name extends RawName>(
  block: ArrayBuffer,
  layout: readonly NativeArray[],
  names: readonly Name[],
): Pick<RawArrays, Name> {
  const views = names.map((name) => {
    const { offset, elements } = placeOf(layout, name);
    return [name, new elementTypes[name](block, offset, elements)] as const;
  });
  return Object.fromEntries(views) as unknown as Pick<RawArrays, Name>;
}

/** The same memory as whole 32-bit words; arrays begin at multiples of eight bytes and are padded to them. */
export function viewWords(block: ArrayBuffer, layout: readonly NativeArray[], name: RawName): Int32Array {
  const { offset, elements, elementBytes } = placeOf(layout, name);
  return new Int32Array(block, offset, Math.ceil((elements * elementBytes) / 4));
}

function placeOf(layout: readonly NativeArray[], name: RawName): NativeArray {
  const place = layout.find((entry) => entry.name === name);
  if (place === undefined) throw new Error(`the addon has no array ${name}`);
  return place;
}
