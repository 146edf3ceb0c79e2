import { type JsonObject, UsageError } from "@metamem/core";
import { z } from "zod";
import type { NativeConfig, NativeTextOptions } from "./native.ts";
import { semanticNames } from "./tables.ts";

const side = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);
/** A width and a height; one number stands for both. */
const pair = z.union([z.tuple([side, side]), side.transform((value): [number, number] => [value, value])]);

/** What the language wrapper can be told (spec crafter §11.1). */
const textSchema = z.strictObject({
  /** Mention only the nearest of each kind. */
  uniqueItems: z.boolean().default(true),
  /** `1 step south and 4 steps west` instead of `5 steps to your south-west`. */
  preciseLocation: z.boolean().default(false),
  /** Names never mentioned. An unknown name makes every long text an error message, as in the reference. */
  skipItems: z.array(z.string()).default([]),
  /** Names mentioned only at the edge of their patch. */
  edgeOnlyItems: z.array(z.string()).default([]),
});

/**
 * Options of a task. The defaults are the benchmark's: 256 pixels, two frames per step, one noop inside every reset, text.
 * `view` and `size` matter without pictures too: in the dark each frame draws from the game's own generator.
 */
export const optionsSchema = z.strictObject({
  area: pair.default([64, 64]),
  view: pair.default([9, 9]),
  size: pair.default([256, 256]),
  reward: z.boolean().default(true),
  /** Steps after which the game itself ends; 0 or null: never. */
  length: z.number().nullable().default(10_000),
  rendersPerStep: z.int().default(2),
  /** False: frames never draw. Faster, and another game from the first night on. */
  nightDraws: z.boolean().default(true),
  initialNoop: z.boolean().default(true),
  /** False: both texts of every observation are empty. */
  text: z.union([textSchema, z.literal(false)]).prefault({}),
});

export type CrafterOptions = z.output<typeof optionsSchema>;
export type TextOptions = z.output<typeof textSchema>;

/** The reference's plain environment: one frame per step, no noop, 64 pixels. */
export const coreOptions: JsonObject = { size: [64, 64], rendersPerStep: 1, initialNoop: false };

/** No pictures, no draws for them, no text: as fast as it gets. */
export const fastOptions: JsonObject = { rendersPerStep: 0, nightDraws: false, initialNoop: false, text: false };

/** Throws `UsageError` naming the first bad option. */
export function parseOptions(options: JsonObject): CrafterOptions {
  const result = optionsSchema.safeParse(options);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "options" : issue.path.join(".");
  throw new UsageError("bad_option", `Crafter option ${where}: ${issue?.message ?? "is not valid"}`);
}

export function nativeConfig(options: CrafterOptions): NativeConfig {
  return {
    areaX: options.area[0],
    areaY: options.area[1],
    viewX: options.view[0],
    viewY: options.view[1],
    sizeX: options.size[0],
    sizeY: options.size[1],
    reward: options.reward,
    length: options.length ?? 0,
    rendersPerStep: options.rendersPerStep,
    nightDraws: options.nightDraws,
    initialNoop: options.initialNoop,
  };
}

export function nativeTextOptions(text: TextOptions): NativeTextOptions {
  const skip = idSet(text.skipItems);
  const edgeOnly = idSet(text.edgeOnlyItems);
  return {
    uniqueItems: text.uniqueItems,
    preciseLocation: text.preciseLocation,
    skip: skip ?? 0,
    edgeOnly: edgeOnly ?? 0,
    unknownName: skip === undefined || edgeOnly === undefined,
  };
}

export const defaultTextOptions: TextOptions = textSchema.parse({});

/** One bit per id; undefined when a name does not exist. */
function idSet(names: readonly string[]): number | undefined {
  let set = 0;
  for (const name of names) {
    const id = (semanticNames as readonly string[]).indexOf(name);
    if (id < 0) return undefined;
    set |= 1 << id;
  }
  return set;
}
