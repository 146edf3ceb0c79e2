/** The addon's functions for this game (native/binding/crafter_binding.cc). `handle` is what `open` returned. */
export interface CrafterNative {
  open(config: NativeConfig, text: NativeTextOptions): { readonly handle: number; readonly block: ArrayBuffer };
  close(handle: number): void;
  /** Starts an episode (1 is the first) of a seed. */
  reset(handle: number, seed: number | bigint, episode: number): void;
  /** Plays an action by its index; the results are in the block (block.ts). */
  step(handle: number, action: number): void;
  longText(handle: number): string;
  shortText(handle: number): string;
  longTextWith(handle: number, text: NativeTextOptions): string;
  /** Rows from top to bottom, three bytes per pixel. */
  picture(handle: number, textures: Uint8Array): Uint8Array;
  /** One id per cell, column by column. */
  materials(handle: number): Uint8Array;
  semantic(handle: number): Uint8Array;
  semanticCrc(handle: number): number;
  rngCrc(handle: number): number;
  /** Writes the 22 counters. */
  achievements(handle: number, counts: Int32Array): void;
  details(handle: number): NativeDetails;
  snapshot(handle: number): Uint8Array;
  restore(handle: number, bytes: Uint8Array): void;
  tables(): NativeTables;
}

export interface NativeConfig {
  readonly areaX: number;
  readonly areaY: number;
  readonly viewX: number;
  readonly viewY: number;
  readonly sizeX: number;
  readonly sizeY: number;
  readonly reward: boolean;
  /** Steps until the episode is over; 0: never. */
  readonly length: number;
  readonly rendersPerStep: number;
  /** Whether frames in the dark draw from the game's generator, as in the reference. */
  readonly nightDraws: boolean;
  readonly initialNoop: boolean;
}

export interface NativeTextOptions {
  readonly uniqueItems: boolean;
  readonly preciseLocation: boolean;
  /** Sets of semantic ids, one bit each. */
  readonly skip: number;
  readonly edgeOnly: number;
  readonly unknownName: boolean;
}

export interface NativeDetails {
  readonly worldSeed: number;
  readonly simplexSeed: number;
  /** Class index, x, y in creation order. */
  readonly objects: readonly (readonly [number, number, number])[];
  /** x begin, x end, y begin, y end, number of objects, in order of first use. */
  readonly chunks: readonly (readonly [number, number, number, number, number])[];
}

export interface NativeTables {
  readonly semantic: readonly string[];
  readonly items: readonly string[];
  readonly achievements: readonly string[];
  readonly textures: readonly string[];
  /** Code paths of the random generator that this CPU can run, the one in use first, and whether each computes the right thing. */
  readonly regeneration: readonly { readonly name: string; readonly correct: boolean }[];
}
