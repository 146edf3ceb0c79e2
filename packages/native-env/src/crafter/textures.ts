import { UsageError } from "@metamem/core";
import { inventoryNames, maxItem, semanticNames, vitalNames } from "./tables.ts";

/** Every sprite is this many pixels on a side. */
export const textureSide = 16;

/** Decoded sprite: rows of pixels, `channels` bytes each (red, green, blue, and alpha when there are 4). */
export interface Texture {
  readonly channels: 3 | 4;
  readonly pixels: Uint8Array;
}

export type TextureSet = ReadonlyMap<string, Texture>;

const directions = ["left", "right", "up", "down"] as const;
const materialNames = semanticNames.slice(1, 13);
const digitNames = Array.from({ length: maxItem }, (_, index) => String(index + 1));

/** Names in the order of the packed block (native/crafter/textures.cc). Items that look like a material repeat its name. */
export const textureNames: readonly string[] = [
  ...materialNames,
  "cow",
  "zombie",
  "skeleton",
  ...directions.map((direction) => `arrow-${direction}`),
  "plant",
  "plant-ripe",
  ...directions.map((direction) => `player-${direction}`),
  "player-sleep",
  ...vitalNames,
  ...inventoryNames,
  ...digitNames,
];

const pixelCount = textureSide * textureSide;
const textureBytes = 1 + 4 * pixelCount;

/** The block the addon draws from. Throws `UsageError` when the set lacks a sprite or one has another size. */
export function packTextures(textures: TextureSet): Uint8Array {
  const block = new Uint8Array(textureBytes * textureNames.length);
  textureNames.forEach((name, index) => {
    const texture = textures.get(name);
    if (texture === undefined) throw new UsageError("bad_textures", `the sprite '${name}' is missing`);
    pack(name, texture, block.subarray(index * textureBytes, (index + 1) * textureBytes));
  });
  return block;
}

function pack(name: string, { channels, pixels }: Texture, slot: Uint8Array): void {
  if (pixels.length !== channels * pixelCount) {
    throw new UsageError("bad_textures", `the sprite '${name}' is not ${textureSide} x ${textureSide} pixels`);
  }
  slot[0] = channels;
  for (let pixel = 0; pixel < pixelCount; pixel++) {
    slot.set(pixels.subarray(pixel * channels, (pixel + 1) * channels), 1 + 4 * pixel);
    if (channels === 3) slot[1 + 4 * pixel + 3] = 255;
  }
}
