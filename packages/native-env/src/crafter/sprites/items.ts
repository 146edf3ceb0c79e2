import type { Colour } from "@metamem/core";
import type { Texture } from "../textures.ts";
import { mirrored, SpriteCanvas } from "./canvas.ts";

const edge = 0x1c1a22;
const handle = 0x8a5a2c;

const heart = mirrored([".rrr..", "rrRrrr", "rRrrrr", "rrrrrr", ".rrrrr", "..rrrr", "...rrr", "....rr", ".....r"]);
const drop = mirrored([
  ".....d",
  "....dd",
  "....dd",
  "...ddd",
  "..dDdd",
  ".ddDdd",
  ".dDddd",
  ".ddddd",
  "..dddd",
  "...ddd",
]);
const bolt = [
  "....yyyy",
  "...yyyy.",
  "..yyyy..",
  ".yyyyyyy",
  "yyyyyyy.",
  "...yyy..",
  "..yyy...",
  ".yyy....",
  ".yy.....",
  "yy......",
];
const drumstick = [
  "....mmmm...",
  "...mmmmmm..",
  "..mmMMmmmm.",
  "..mMmmmmmm.",
  "..mmmmmmmm.",
  "..mmmmmmm..",
  "..mmmmmm...",
  ".wmmm......",
  "www........",
  ".ww........",
];
const sprout = mirrored(["gg....", "ggg...", "gGgg.s", ".gGggs", "..gggs", ".....s", ".....s", "...bbb", "..bbbb"]);

/** A pickaxe: handle from the lower left, head of the material's colour across the upper right. */
function pickaxe(head: Colour, shine: Colour): SpriteCanvas {
  return new SpriteCanvas()
    .line(3, 13, 11, 5, handle)
    .line(3, 12, 10, 5, handle)
    .stamp(
      5,
      2,
      ["..hhhhh...", ".HHHHhhh..", ".....hhhh.", ".......hh.", ".......hhh", "........hh", "........hh", "........hh"],
      {
        h: head,
        H: shine,
      },
    )
    .outline(edge);
}

/** A sword: grip at the lower left, blade to the upper right. */
function sword(blade: Colour, shine: Colour): SpriteCanvas {
  return new SpriteCanvas()
    .line(5, 10, 13, 2, blade)
    .line(6, 10, 13, 3, blade)
    .line(5, 9, 12, 2, shine)
    .line(3, 8, 7, 12, 0x5c4a36)
    .line(4, 8, 8, 12, 0x5c4a36)
    .line(2, 13, 4, 11, handle)
    .line(2, 12, 4, 10, handle)
    .outline(edge);
}

function log(): SpriteCanvas {
  return new SpriteCanvas()
    .rect(2, 5, 10, 6, 0x7d5429)
    .line(3, 7, 10, 7, 0x63411e)
    .line(4, 9, 9, 9, 0x63411e)
    .disc(12, 7.5, 2.6, 0xd9b07a)
    .disc(12, 7.5, 1, 0xb98a50)
    .outline(edge);
}

function stamped(
  left: number,
  top: number,
  rows: readonly string[],
  palette: Readonly<Record<string, Colour>>,
): SpriteCanvas {
  return new SpriteCanvas().stamp(left, top, rows, palette).outline(edge);
}

/** Sprites of vitals and of what can be carried, except those that look like a material. */
export function itemSprites(): Map<string, Texture> {
  const canvases: Readonly<Record<string, SpriteCanvas>> = {
    health: stamped(2, 3, heart, { r: 0xe0364c, R: 0xffa3ad }),
    food: stamped(2, 3, drumstick, { m: 0xb5622f, M: 0xe09a5c, w: 0xf4f0e4 }),
    drink: stamped(2, 3, drop, { d: 0x3f8fe0, D: 0xbfe2ff }),
    energy: stamped(4, 3, bolt, { y: 0xffd23c }),
    sapling: stamped(2, 3, sprout, { g: 0x4fb24a, G: 0x9be07c, s: 0x2f7a34, b: 0x7a5230 }),
    wood: log(),
    wood_pickaxe: pickaxe(0xb07d42, 0xd9ab6a),
    stone_pickaxe: pickaxe(0x878b91, 0xc2c6cc),
    iron_pickaxe: pickaxe(0xdb9a68, 0xffd2a8),
    wood_sword: sword(0xb07d42, 0xd9ab6a),
    stone_sword: sword(0x878b91, 0xc2c6cc),
    iron_sword: sword(0xdb9a68, 0xffd2a8),
  };
  return new Map(Object.entries(canvases).map(([name, canvas]) => [name, canvas.toTexture()]));
}
