import type { Texture } from "../textures.ts";
import { SpriteCanvas } from "./canvas.ts";

/** 1 to 9, three by five, drawn at double size. */
const shapes = [
  [".#.", "##.", ".#.", ".#.", "###"],
  ["###", "..#", "###", "#..", "###"],
  ["###", "..#", ".##", "..#", "###"],
  ["#.#", "#.#", "###", "..#", "..#"],
  ["###", "#..", "###", "..#", "###"],
  ["###", "#..", "###", "#.#", "###"],
  ["###", "..#", ".#.", ".#.", ".#."],
  ["###", "#.#", "###", "#.#", "###"],
  ["###", "#.#", "###", "..#", "###"],
];

/** Amounts in the inventory: white with a dark edge, readable on every item. */
export function digitSprites(): Map<string, Texture> {
  return new Map(shapes.map((rows, index) => [String(index + 1), digit(rows)]));
}

function digit(rows: readonly string[]): Texture {
  const canvas = new SpriteCanvas();
  rows.forEach((row, y) => {
    [...row].forEach((letter, x) => {
      if (letter === "#") canvas.rect(5 + 2 * x, 3 + 2 * y, 2, 2, 0xffffff);
    });
  });
  return canvas.outline(0x15131a).toTexture();
}
