import { beingSprites } from "./sprites/beings.ts";
import { digitSprites } from "./sprites/digits.ts";
import { itemSprites } from "./sprites/items.ts";
import { terrainSprites } from "./sprites/terrain.ts";
import { packTextures, type TextureSet } from "./textures.ts";

/** The project's own sprites, drawn by code: one for every texture name. The reference's are not ours to ship. */
export function ownSprites(): TextureSet {
  return new Map([...terrainSprites(), ...beingSprites(), ...itemSprites(), ...digitSprites()]);
}

let packed: Uint8Array | undefined;

/** The same as a packed block, drawn once. */
export function spriteBlock(): Uint8Array {
  packed ??= packTextures(ownSprites());
  return packed;
}
