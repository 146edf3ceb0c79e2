import type { Colour } from "@metamem/core";
import { type Texture, textureSide } from "../textures.ts";

/** Colours by letter, for `stamp`. */
export type Palette = Readonly<Record<string, Colour>>;

/** A sprite being drawn: 16 x 16 pixels, transparent where nothing was drawn. Drawing outside is cut off. */
export class SpriteCanvas {
  readonly #pixels = new Uint8Array(4 * textureSide * textureSide);

  pixel(x: number, y: number, colour: Colour): this {
    if (x < 0 || y < 0 || x >= textureSide || y >= textureSide) return this;
    this.#pixels.set([(colour >> 16) & 255, (colour >> 8) & 255, colour & 255, 255], 4 * (y * textureSide + x));
    return this;
  }

  rect(left: number, top: number, width: number, height: number, colour: Colour): this {
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) this.pixel(x, y, colour);
    }
    return this;
  }

  fill(colour: Colour): this {
    return this.rect(0, 0, textureSide, textureSide, colour);
  }

  disc(centerX: number, centerY: number, radius: number, colour: Colour): this {
    for (let y = 0; y < textureSide; y++) {
      for (let x = 0; x < textureSide; x++) {
        if ((x - centerX) ** 2 + (y - centerY) ** 2 <= radius ** 2) this.pixel(x, y, colour);
      }
    }
    return this;
  }

  line(fromX: number, fromY: number, toX: number, toY: number, colour: Colour): this {
    const steps = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY), 1);
    for (let i = 0; i <= steps; i++) {
      const share = i / steps;
      this.pixel(Math.round(fromX + share * (toX - fromX)), Math.round(fromY + share * (toY - fromY)), colour);
    }
    return this;
  }

  /** Single pixels scattered over the sprite, about one in `sparsity`; always the same ones for the same `salt`. */
  speckle(salt: number, sparsity: number, colour: Colour): this {
    for (let index = 0; index < textureSide * textureSide; index++) {
      if (scatter(index, salt) % sparsity === 0)
        this.pixel(index % textureSide, Math.floor(index / textureSide), colour);
    }
    return this;
  }

  /** Draws rows of letters from a palette, `.` being transparent, with the upper left corner at (left, top). */
  stamp(left: number, top: number, rows: readonly string[], palette: Palette): this {
    rows.forEach((row, y) => {
      [...row].forEach((letter, x) => {
        const colour = palette[letter];
        if (colour !== undefined) this.pixel(left + x, top + y, colour);
      });
    });
    return this;
  }

  /** Puts a dark edge around what is drawn. */
  outline(colour: Colour): this {
    const drawn = (x: number, y: number): boolean =>
      x >= 0 && y >= 0 && x < textureSide && y < textureSide && before[4 * (y * textureSide + x) + 3] === 255;
    const before = this.#pixels.slice();
    for (let y = 0; y < textureSide; y++) {
      for (let x = 0; x < textureSide; x++) {
        const beside = drawn(x - 1, y) || drawn(x + 1, y) || drawn(x, y - 1) || drawn(x, y + 1);
        if (beside && !drawn(x, y)) this.pixel(x, y, colour);
      }
    }
    return this;
  }

  toTexture(): Texture {
    return { channels: 4, pixels: this.#pixels.slice() };
  }
}

/** Half-width rows completed by their mirror image. */
export function mirrored(rows: readonly string[]): string[] {
  return rows.map((row) => row + [...row].reverse().join(""));
}

/** The same sprite seen from the other side. */
export function flipped({ channels, pixels }: Texture): Texture {
  return rearranged({ channels, pixels }, (x, y) => [textureSide - 1 - x, y]);
}

/** The same sprite turned by a quarter, clockwise. */
export function turned({ channels, pixels }: Texture): Texture {
  return rearranged({ channels, pixels }, (x, y) => [y, textureSide - 1 - x]);
}

function rearranged({ channels, pixels }: Texture, from: (x: number, y: number) => [number, number]): Texture {
  const result = new Uint8Array(pixels.length);
  for (let y = 0; y < textureSide; y++) {
    for (let x = 0; x < textureSide; x++) {
      const [fromX, fromY] = from(x, y);
      const source = channels * (fromY * textureSide + fromX);
      result.set(pixels.subarray(source, source + channels), channels * (y * textureSide + x));
    }
  }
  return { channels, pixels: result };
}

/** A number that looks random, from an index and a salt. */
function scatter(index: number, salt: number): number {
  let value = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
