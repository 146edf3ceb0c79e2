import type { Colour } from "@metamem/core";
import type { Texture } from "../textures.ts";
import { SpriteCanvas } from "./canvas.ts";

const bark: Colour = 0x6e4a26;
const plank: Colour = 0xb07d42;

function grass(): SpriteCanvas {
  return new SpriteCanvas().fill(0x63ac4f).speckle(1, 9, 0x559a44).speckle(2, 17, 0x7cc466);
}

function stone(): SpriteCanvas {
  return new SpriteCanvas()
    .fill(0x878b91)
    .speckle(3, 13, 0x797d83)
    .line(1, 4, 6, 4, 0x6b6f75)
    .line(6, 4, 8, 6, 0x6b6f75)
    .line(10, 11, 14, 11, 0x6b6f75)
    .line(3, 12, 5, 13, 0x6b6f75)
    .line(1, 3, 6, 3, 0x9da1a7)
    .line(10, 10, 14, 10, 0x9da1a7);
}

function water(): SpriteCanvas {
  const canvas = new SpriteCanvas().fill(0x3f83cf).speckle(4, 21, 0x3878c0);
  for (const [x, y] of [
    [2, 3],
    [9, 5],
    [4, 9],
    [11, 12],
    [1, 14],
  ] as const) {
    canvas.line(x, y, x + 3, y, 0x8cc0f0).pixel(x + 1, y - 1, 0x8cc0f0);
  }
  return canvas;
}

function lava(): SpriteCanvas {
  return new SpriteCanvas()
    .fill(0xd8481a)
    .speckle(5, 8, 0xc23a12)
    .disc(4, 5, 2.3, 0xf68a23)
    .disc(11, 10, 2.8, 0xf68a23)
    .disc(4, 5, 1, 0xffd84a)
    .disc(11, 10, 1.5, 0xffd84a)
    .pixel(12, 3, 0xffd84a)
    .pixel(3, 12, 0xffd84a);
}

function tree(): SpriteCanvas {
  return grass()
    .rect(7, 11, 3, 5, bark)
    .disc(7.5, 6.5, 6.2, 0x1f5a2b)
    .disc(7, 6, 4.6, 0x2f7a3a)
    .disc(6, 4.6, 2, 0x4a9a4e)
    .pixel(10, 8, 0x4a9a4e)
    .pixel(5, 9, 0x4a9a4e);
}

/** Stone with nuggets of one colour, a lighter corner on each. */
function ore(colour: Colour, shine: Colour): SpriteCanvas {
  const canvas = stone();
  for (const [x, y] of [
    [3, 6],
    [10, 2],
    [11, 8],
    [6, 11],
  ] as const) {
    canvas
      .rect(x, y, 3, 3, colour)
      .pixel(x, y, shine)
      .pixel(x + 3, y + 1, colour)
      .pixel(x + 1, y + 3, colour);
  }
  return canvas;
}

function table(): SpriteCanvas {
  return grass()
    .rect(2, 12, 2, 4, bark)
    .rect(12, 12, 2, 4, bark)
    .rect(1, 3, 14, 10, bark)
    .rect(2, 4, 12, 8, plank)
    .line(2, 6, 13, 6, 0x9a6a34)
    .line(2, 9, 13, 9, 0x9a6a34)
    .line(4, 5, 8, 5, 0xd9dde3)
    .line(10, 5, 10, 10, bark)
    .rect(9, 4, 3, 2, 0x8d9198);
}

function furnace(): SpriteCanvas {
  return stone()
    .rect(1, 1, 14, 14, 0x4e5157)
    .rect(2, 2, 12, 12, 0x6a6e75)
    .line(3, 4, 12, 4, 0x4e5157)
    .rect(4, 7, 8, 7, 0x1d1d20)
    .rect(5, 11, 6, 3, 0xf0701c)
    .rect(6, 10, 4, 3, 0xffb43c)
    .rect(7, 11, 2, 2, 0xfff0a0);
}

/** Sprites of the materials. */
export function terrainSprites(): Map<string, Texture> {
  const canvases: Readonly<Record<string, SpriteCanvas>> = {
    water: water(),
    grass: grass(),
    stone: stone(),
    path: new SpriteCanvas().fill(0xbfb196).speckle(6, 11, 0xa99b80).speckle(7, 23, 0xd2c6ad),
    sand: new SpriteCanvas().fill(0xe8da9f).speckle(8, 12, 0xd8c887).speckle(9, 25, 0xf5ebbd),
    tree: tree(),
    lava: lava(),
    coal: ore(0x222327, 0x55575e),
    iron: ore(0xdb9a68, 0xffd2a8),
    diamond: ore(0x8eeaf2, 0xffffff),
    table: table(),
    furnace: furnace(),
  };
  return new Map(Object.entries(canvases).map(([name, canvas]) => [name, canvas.toTexture()]));
}
