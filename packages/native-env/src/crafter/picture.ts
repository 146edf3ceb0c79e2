import type { CrafterGame } from "./game.ts";
import { spriteBlock } from "./sprites.ts";

/** Pixels, rows from top to bottom, three bytes (red, green, blue) each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** The latest frame of a game; `textures` is a packed block, by default the project's own sprites. */
export function pictureOf(game: CrafterGame, textures: Uint8Array = spriteBlock()): Picture {
  return { width: game.config.sizeX, height: game.config.sizeY, rgb: game.picture(textures) };
}
