import { around, type Cell } from "../../nethack/player/geometry.ts";
import type { LevelScene } from "./level-scene.ts";

/** Tells of blank cells whether they are rock: those next to a cell the hero stood on would show if they were anything else. */
export function seenAround(scene: LevelScene): (cell: Cell) => boolean {
  const seen = new Set<Cell>();
  for (const cell of scene.known.level.walked) for (const near of around(cell)) seen.add(near);
  return (cell) => seen.has(cell);
}
