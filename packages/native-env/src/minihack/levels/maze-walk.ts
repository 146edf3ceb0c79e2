import { type Area, DesBuilder } from "../des-builder.ts";

/** A maze of `size` by `size` cells, carved by the game; stairs down and hero are anywhere in it (spec minihack §4.2). */
export function mazeWalkLevel(size: number): string {
  const side = size + 2;
  const middle = Math.floor(side / 2);
  const whole: Area = [0, 0, side - 1, side - 1];
  return new DesBuilder({ map: Array.from({ length: side }, () => ".".repeat(side)) })
    .terrain("rect", whole, "-")
    .terrain("fillrect", [1, 1, size, size], " ")
    .mazewalk([middle, middle])
    .stairsDown()
    .text();
}
