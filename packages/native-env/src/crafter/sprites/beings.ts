import type { Texture } from "../textures.ts";
import { flipped, mirrored, type Palette, SpriteCanvas, turned } from "./canvas.ts";

const edge = 0x1c1a22;
/** h hair, s skin, e eye, b shirt, d shirt's shade, l legs, w white. */
const person: Palette = { h: 0x6b3f1d, s: 0xf0c39a, e: 0x22242c, b: 0x3c6fd0, d: 0x2d56a6, l: 0x45403c, w: 0xf4f4f0 };

const fromFront = mirrored([
  "...hhh",
  "..hhhh",
  "..hsss",
  "..hses",
  "...sss",
  "..bbbb",
  ".sbbbb",
  ".sdbbb",
  "...ddd",
  "...ll.",
  "...ll.",
]);
const fromBehind = mirrored([
  "...hhh",
  "..hhhh",
  "..hhhh",
  "..hhhh",
  "...hhh",
  "..bbbb",
  ".sbbbb",
  ".sdbbb",
  "...ddd",
  "...ll.",
  "...ll.",
]);
const fromSide = [
  "...hhhhh....",
  "..hhhhhhh...",
  "..hhhsssh...",
  "..hhhsses...",
  "...hssss....",
  "...bbbbb....",
  "..bbbbbbb...",
  "..dbbsssss..",
  "...ddddd....",
  "...ll.ll....",
  "...ll.ll....",
];
const asleep = [
  "wwwwwwwwwwww",
  "whhwbbbbbbbw",
  "hhssbdbbbdbw",
  "hheebbbbbbbw",
  "hhssbbdbbbbw",
  "whhwbbbbbdbw",
  "wwwwwwwwwwww",
];

const cow = mirrored([
  ".kk...",
  ".kkww.",
  "..wwkk",
  "..wekw",
  "..wwww",
  "..pppp",
  "..ppnp",
  ".wwwww",
  "wwwkkw",
  "wkkkkw",
  "wwkkww",
  ".ww..w",
  ".kk...",
]);
const zombie = mirrored([
  "..gggg",
  "..gggg",
  "..grrg",
  "..gggg",
  "..gdkk",
  "gg.ddd",
  "ggtttt",
  "..tttt",
  "..tdtt",
  "..tttt",
  "..ll..",
  "..ll..",
]);
const skeleton = mirrored([
  "..wwww",
  ".wwwww",
  ".wkkww",
  ".wkkww",
  "..wwwk",
  "..wkwk",
  ".....w",
  "..wwww",
  ".w...w",
  ".wwwww",
  ".....w",
  "..wwww",
  "..w...",
  "..w...",
]);

const plantLeaves = mirrored([
  "......",
  "..g...",
  ".ggg..",
  ".gGgg.",
  "..gGgs",
  "...ggs",
  ".....s",
  ".....s",
  "...bbb",
]);
const fruit = ["rr", "rR"];

function centred(rows: readonly string[], palette: Palette): SpriteCanvas {
  const left = Math.floor((16 - (rows[0]?.length ?? 0)) / 2);
  const top = Math.floor((16 - rows.length) / 2);
  return new SpriteCanvas().stamp(left, top, rows, palette).outline(edge);
}

function plant(): SpriteCanvas {
  return centred(plantLeaves, { g: 0x3fae46, G: 0x8ae06a, s: 0x2f7a34, b: 0x7a5230 });
}

function ripePlant(): SpriteCanvas {
  const canvas = plant();
  for (const [x, y] of [
    [3, 4],
    [11, 4],
    [7, 8],
  ] as const) {
    canvas.stamp(x, y, fruit, { r: 0xe0364c, R: 0xff9aa6 });
  }
  return canvas;
}

function arrowToTheRight(): Texture {
  return new SpriteCanvas()
    .line(2, 7, 12, 7, 0x9a6b38)
    .line(2, 8, 12, 8, 0x7d5429)
    .stamp(11, 5, ["a...", "aa..", "aaa.", "aaa.", "aa..", "a..."], { a: 0xd9dde3 })
    .stamp(1, 5, ["ff.", ".ff", "...", "...", ".ff", "ff."], { f: 0xf4f4f0 })
    .outline(edge)
    .toTexture();
}

/** Sprites of the player, the creatures, arrows and plants. */
export function beingSprites(): Map<string, Texture> {
  const right = centred(fromSide, person).toTexture();
  const arrow = arrowToTheRight();
  return new Map([
    ["player-left", flipped(right)],
    ["player-right", right],
    ["player-up", centred(fromBehind, person).toTexture()],
    ["player-down", centred(fromFront, person).toTexture()],
    ["player-sleep", centred(asleep, person).toTexture()],
    ["cow", centred(cow, { w: 0xb98255, k: 0x5f3d27, e: 0x1c1a22, p: 0xe9a7a0, n: 0xa8625c }).toTexture()],
    [
      "zombie",
      centred(zombie, { g: 0x74b04e, d: 0x4c7d34, r: 0xd9362e, k: 0x2a4a1e, t: 0x3c6a78, l: 0x39344e }).toTexture(),
    ],
    ["skeleton", centred(skeleton, { w: 0xf2f0e6, k: 0x24232a }).toTexture()],
    ["plant", plant().toTexture()],
    ["plant-ripe", ripePlant().toTexture()],
    ["arrow-right", arrow],
    ["arrow-down", turned(arrow)],
    ["arrow-left", turned(turned(arrow))],
    ["arrow-up", turned(turned(turned(arrow)))],
  ]);
}
